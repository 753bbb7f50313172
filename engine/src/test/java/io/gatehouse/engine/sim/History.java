package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/**
 * One history: some workers, some logins, and everything that can happen to them in an order that the seed decides. At
 * its end the faults stop, the workers finish the input, and what was written is checked.
 */
class History {
    static final String INPUT = "user-login";
    private static final String PROCESSED = "processed-user-login";
    static final String DEAD_LETTERS = "user-login-dlq";
    private static final String SESSIONS = "login-sessions";
    private static final String STATISTICS = "login-stats";
    static final String STATE = "gatehouse-state";
    static final String BY_USER = "gatehouse-by-user";
    private static final int SEATS_OF_A_STAGE = 3;
    private static final int STEPS_OF_A_STAGE = 500;
    private static final int STEPS_OF_A_STALL = 60;

    /**
     * Five seconds each: 420 are the gap and the lateness, counted from the last takeover, which may have to wait for a
     * transaction to time out and for a worker to try again; the rest is for users to be looked at, and for what is found
     * and counted to be published and committed.
     */
    private static final int ROUNDS_OF_SILENCE = 600;

    private static final int MOST_STEPS_TO_FINISH = 20_000;

    /** A place for a worker process, which may be empty, at work, or stopped in its tracks. */
    private static final class Seat {
        Worker worker;
        long frozenUntilMs;
        int starts;
        boolean inMidCall;
    }

    private final Random random;
    private final boolean remembers;
    final SimKafka kafka;
    private final SimTraffic traffic;
    private final int stages;
    private final Seat[] seats;
    private final Set<String> refusals = new TreeSet<>();
    private final Set<String> differences = new TreeSet<>();
    /** Those that are gone, too: by the number of their stage. */
    private final Map<Worker, Integer> everyone = new IdentityHashMap<>();

    private boolean undisturbed;

    History(long seed, Flaws flaws) {
        this(seed, flaws, true);
    }

    /** @param remembers whether the workers remember anything of users */
    History(long seed, Flaws flaws, boolean remembers) {
        this(seed, flaws, remembers, 1);
    }

    /** @param stages how many kinds of workers there are, one reading what the other writes */
    History(long seed, Flaws flaws, boolean remembers, int stages) {
        this.random = new Random(seed);
        this.remembers = remembers;
        this.stages = stages;
        this.seats = new Seat[stages * SEATS_OF_A_STAGE];
        int partitions = 1 + random.nextInt(3);
        this.kafka = new SimKafka(random, flaws, INPUT, partitions, others(), 5 + random.nextInt(40));
        this.traffic = new SimTraffic(kafka, INPUT, random, stages == 1);
        for (int i = 0; i < seats.length; i++) {
            seats[i] = new Seat();
        }
        kafka.meanwhile(this::goOnWithout);
    }

    private List<String> others() {
        return remembers
                ? List.of(PROCESSED, DEAD_LETTERS, SESSIONS, STATISTICS, STATE, BY_USER)
                : List.of(PROCESSED, DEAD_LETTERS);
    }

    /** What happened to the workers on the way. */
    Set<String> witnessed() {
        return kafka.witnessed();
    }

    /** What partitions were held back for: offsets and journals that disagree. */
    Set<String> refusals() {
        return refusals;
    }

    /** Partitions move and workers come, go and fall asleep, but no answer is lost and nobody is killed. */
    History undisturbed() {
        undisturbed = true;
        kafka.calm();
        return this;
    }

    /** What ledgers said that did not come out even, at any moment. */
    Set<String> differences() {
        return differences;
    }

    /** @throws AssertionError when the history ends otherwise than it must */
    void run() {
        startOneOfEachStage();
        for (int i = 0; i < stages * STEPS_OF_A_STAGE; i++) {
            step();
        }
        finish();
        check();
        checkLedgers();
    }

    /**
     * What the workers have counted is what there is, or less: a commit whose answer was lost together with its worker is
     * in no ledger.
     */
    private void checkLedgers() {
        for (int stage = 0; stage < stages; stage++) {
            String read = topicsRead().get(stage);
            for (int partition = 0; partition < kafka.partitions(read); partition++) {
                int number = partition;
                compare(
                        "taken from " + read + "-" + number,
                        counted(stage, ledger -> ledger.partition() == number ? ledger.in() : 0),
                        visible(new TopicPartition(read, number), read.equals(BY_USER)));
            }
        }
        long letters = 0;
        for (int partition = 0; partition < kafka.partitions(DEAD_LETTERS); partition++) {
            letters += visible(new TopicPartition(DEAD_LETTERS, partition), false);
        }
        compare("dead letters", counted(0, Ledger::deadLetters), letters);
        everyone.forEach((worker, stage) -> {
            long in = worker.ledgers().stream().mapToLong(Ledger::in).sum();
            assertThat(worker.work().eventAges().count())
                    .as("events whose age was counted")
                    .isEqualTo(judges(stage) ? in : 0);
        });
    }

    private void compare(String what, long counted, long there) {
        if (undisturbed) {
            assertThat(counted).as(what).isEqualTo(there);
        } else {
            assertThat(counted).as(what).isLessThanOrEqualTo(there);
        }
    }

    private long counted(int stage, ToLongFunction<Ledger> of) {
        return everyone.entrySet().stream()
                .filter(worker -> worker.getValue() == stage)
                .flatMap(worker -> worker.getKey().ledgers().stream())
                .mapToLong(of)
                .sum();
    }

    private long visible(TopicPartition partition, boolean withValue) {
        SimLog log = kafka.log(partition);
        return LongStream.range(0, log.endOffset())
                .filter(offset ->
                        log.isVisible(offset) && !(withValue && log.at(offset).value() == null))
                .count();
    }

    /** @throws AssertionError when something is not as it must be once the input is worked off */
    void check() {
        SimChecker checker = checker();
        if (remembers) {
            fallSilent();
            checker.checkSessions(SESSIONS, STATISTICS);
        }
        checker.check(PROCESSED, DEAD_LETTERS, STATISTICS);
    }

    SimChecker checker() {
        return new SimChecker(kafka, INPUT, remembers);
    }

    private void step() {
        Seat seat = seats[random.nextInt(seats.length)];
        int dice = random.nextInt(100);
        if (dice < 70) {
            turn(seat);
        } else if (dice < 85) {
            traffic.append(1 + random.nextInt(6));
        } else if (dice < 90) {
            kafka.pass(random.nextInt(200));
        } else if (dice < 92) {
            seat.frozenUntilMs = kafka.wallMs() + random.nextInt(25_000);
        } else if (dice < 93) {
            kafka.pass(random.nextInt(12_000));
        } else if (dice < 95) {
            crash(seat);
        } else if (dice < 96) {
            stopInOrder(seat);
        } else if (dice < 97) {
            kafka.rebalance();
        } else {
            start(seat);
        }
    }

    private void turn(Seat seat) {
        act(seat, worker -> worker.turn());
    }

    private void stopInOrder(Seat seat) {
        act(seat, worker -> {
            worker.finish(Duration.ofSeconds(5));
            seat.worker = null;
        });
    }

    private void act(Seat seat, Consumer<Worker> action) {
        if (seat.worker != null && !seat.inMidCall && kafka.wallMs() >= seat.frozenUntilMs) {
            seat.inMidCall = true;
            try {
                action.accept(seat.worker);
            } catch (SimKafka.Killed e) {
                seat.worker = null;
            }
            seat.inMidCall = false;
            everyone.keySet().stream()
                    .flatMap(worker -> worker.ledgers().stream())
                    .filter(ledger -> ledger.difference() != 0)
                    .map(Ledger::toString)
                    .forEach(differences::add);
            if (seat.worker != null) {
                seat.worker.partitions().stream()
                        .map(PartitionStatus::trouble)
                        .filter(trouble -> trouble != null && trouble.contains("journal"))
                        .forEach(refusals::add);
            }
        }
    }

    /** One client stands still in the middle of a call while the others take its partitions over. */
    private void goOnWithout() {
        for (int i = 0; i < STEPS_OF_A_STALL; i++) {
            kafka.pass(random.nextInt(600));
            step();
        }
    }

    private void crash(Seat seat) {
        if (!seat.inMidCall && !undisturbed) {
            seat.worker = null;
        }
    }

    private void start(Seat seat) {
        if (seat.worker == null) {
            seat.starts++;
            seat.worker = worker(settings(seat), stageOf(seat));
            everyone.put(seat.worker, stageOf(seat));
            seat.frozenUntilMs = 0;
        }
    }

    private void startOneOfEachStage() {
        for (int stage = 0; stage < stages; stage++) {
            start(seats[stage]);
        }
    }

    private int stageOf(Seat seat) {
        return List.of(seats).indexOf(seat) % stages;
    }

    /** What must be worked off in the end, in the order of the stages. */
    List<String> topicsRead() {
        return List.of(INPUT);
    }

    /** Whether something comes of the stage's records that tells their age. */
    boolean judges(int stage) {
        return true;
    }

    /** What the history is about. */
    Worker worker(EngineSettings settings, int stage) {
        return new Worker(
                0,
                settings,
                new GeoTables(GeoTable.empty()),
                new UserBudget(1_000_000),
                random::nextLong,
                new SimClients(kafka),
                kafka,
                kafka);
    }

    private EngineSettings settings(Seat seat) {
        int number = List.of(seats).indexOf(seat);
        // Some processes come back under their old name, some under a new one.
        String instance = number == 0 ? "i0" : "i" + number + "-" + seat.starts;
        return SimSettings.of(
                instance,
                EngineSettings.Start.EARLIEST,
                Duration.ofMillis(random.nextInt(40)),
                1 + random.nextInt(60),
                2_000,
                remembers ? JudgeSettings.DEFAULTS : SimSettings.withoutMemory());
    }

    /** No more faults: whatever state things are in, the input must be finished from here. */
    private void finish() {
        kafka.calm();
        startOneOfEachStage();
        for (int i = 0; i < MOST_STEPS_TO_FINISH; i++) {
            kafka.pass(random.nextInt(50));
            for (Seat seat : seats) {
                turn(seat);
            }
            if (i % 50 == 0 && topicsRead().stream().allMatch(kafka::isDrained)) {
                return;
            }
        }
        throw new AssertionError("the input is not finished " + MOST_STEPS_TO_FINISH + " rounds after the last fault: "
                + describeSeats());
    }

    /** Nothing comes in any more, for so long that all sessions are closed and published. */
    private void fallSilent() {
        for (int i = 0; i < ROUNDS_OF_SILENCE; i++) {
            kafka.pass(5_000);
            for (Seat seat : seats) {
                turn(seat);
            }
        }
    }

    private String describeSeats() {
        StringBuilder told = new StringBuilder();
        for (Seat seat : seats) {
            if (seat.worker != null) {
                told.append(seat.worker.status()).append(' ').append(seat.worker.partitions());
            }
        }
        return told.toString();
    }
}

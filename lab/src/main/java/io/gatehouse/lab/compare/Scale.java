package io.gatehouse.lab.compare;

import io.gatehouse.lab.bench.HeapPerUser;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** All that is measured of what grows with what; each on a broker of its own, one after another. */
final class Scale {
    private static final int PARTITIONS = 4;
    /** As many as in the comparison, where what is measured is not what they do. */
    private static final int SOME_USERS = 200_000;
    /** What the search for them reads lies in the second-level cache. */
    private static final int FEW_ADDRESSES = 1_000;

    private static final int LOGINS_A_DAY = 120;
    private static final int HEAP_MEGABYTES = 2_048;
    /** Ten million users take some two gigabytes of it. */
    private static final int LARGE_HEAP_MEGABYTES = 5_120;

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final int STARTS = 5;
    /** Between the least and the most in a turn lie some minutes, in which machines drift. */
    private static final int POPULATION_ROUNDS = 5;

    private final Path dataDirectory;
    private final boolean quick;
    private final Consumer<Figure> progress;
    private final List<Figure> figures = new ArrayList<>();
    private final Contestant gatehouse = Contestants.all().get("gatehouse-keyed");
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param progress is told each figure as it comes */
    Scale(Path dataDirectory, boolean quick, Consumer<Figure> progress) {
        this.dataDirectory = dataDirectory;
        this.quick = quick;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException, ExecutionException {
        starts();
        users();
        journal();
        placesAndProcesses();
        partitions();
        backlog();
        heap();
        return figures;
    }

    private void tell(String name, String what, double value, String unit) {
        tell(name, what, Standing.Spread.of(DoubleStream.of(value)), unit);
    }

    private void tell(String name, String what, Standing.Spread value, String unit) {
        Figure figure = new Figure(name, what, value, unit);
        figures.add(figure);
        progress.accept(figure);
    }

    private Stand stand(long events, int users, int partitions, int heapMegabytes) throws IOException {
        return Stand.open(new CompareSettings(
                List.of(gatehouse),
                1,
                timing(),
                false,
                events,
                users,
                LOGINS_A_DAY,
                partitions,
                heapMegabytes,
                Duration.ofMillis(100),
                dataDirectory));
    }

    private Timing timing() {
        return quick ? Timing.QUICK : Timing.FULL;
    }

    /** More than is worked off in a round. */
    private long events() {
        return quick ? 5_000_000 : 20_000_000;
    }

    private void starts() throws IOException, InterruptedException, ExecutionException {
        try (Stand stand = stand(1, 1, PARTITIONS, HEAP_MEGABYTES)) {
            double[] seconds = new double[STARTS];
            for (int i = 0; i < STARTS; i++) {
                seconds[i] = stand.on(gatehouse, null, this::secondsToReady);
            }
            tell(
                    "start_seconds",
                    "`run`, from its start until it is ready, nothing remembered",
                    Standing.Spread.of(Arrays.stream(seconds)),
                    "s");
        }
    }

    private double secondsToReady(Ground ground) throws InterruptedException {
        int port = LoopbackPort.free();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .build();
        try (WorkerProcess worker = ground.pipeline(
                        Map.of("input.partitioning", "keyed", "http.port", Integer.toString(port)))
                .worker(0, ground.directory().resolve("log.txt"))) {
            long begunNs = System.nanoTime();
            worker.start();
            while (!answers(ready)) {
                if (!worker.isAlive() || System.nanoTime() - begunNs > READY_WITHIN.toNanos()) {
                    throw new ProcessException("it does not get ready; see " + worker.log());
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            return (System.nanoTime() - begunNs) / 1e9;
        }
    }

    private boolean answers(HttpRequest ready) throws InterruptedException {
        try {
            return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * The same logins a second for each population, and the same share of them that begins a session: the session gap grows
     * with the time that passes between two logins of a user. All users are remembered before anything is counted.
     * Populations take turns, the least beside the most, for these are compared; before them one is run for the broker's
     * sake, which costs twice as much while it is young. So it is wherever rounds are compared.
     */
    private void users() throws IOException, InterruptedException, ExecutionException {
        int[] populations = quick ? new int[] {10_000, 100_000} : new int[] {100_000, 1_000_000, 10_000_000, 10_000};
        int least = Arrays.stream(populations).min().orElseThrow();
        int most = Arrays.stream(populations).max().orElseThrow();
        Map<Integer, List<Result>> results = new TreeMap<>();
        try (Stand stand = stand(events(), least, PARTITIONS, LARGE_HEAP_MEGABYTES)) {
            Map<Integer, String> inputs = new TreeMap<>();
            for (int users : populations) {
                inputs.put(users, stand.loadUniform(users, events()));
                results.put(users, new ArrayList<>());
            }
            race(remembering(least), stand, inputs.get(least), events(), timing());
            for (int round = 0; round < (quick ? 1 : POPULATION_ROUNDS); round++) {
                for (int users : populations) {
                    long events = users + events();
                    results.get(users)
                            .add(race(remembering(users), stand, inputs.get(users), events, timing().after(users)));
                }
            }
            for (int users : results.keySet()) {
                String of = String.format(" with %,d users", users);
                Standing standing = new Standing(remembering(users), Map.of(), results.get(users));
                tell("users_" + users, "events/s" + of, standing.eventsPerSecond(), "/s");
                tell("users_" + users + "_rss", "memory of the process" + of, standing.peakMegabytes(), "MB");
                if (users >= 1_000_000 || quick) {
                    restart(remembering(users), stand, inputs.get(users), users, of);
                }
            }
            tell(
                    "users_share",
                    String.format("events/s with %,d users beside those with %,d", most, least),
                    share(results.get(most), results.get(least)),
                    "%");
        }
    }

    private int rounds() {
        return quick ? 1 : 3;
    }

    /** What some rounds came to beside others, in percent, each beside the one of the same turn: machines drift. */
    private static Standing.Spread share(List<Result> these, List<Result> those) {
        return Standing.Spread.of(IntStream.range(0, these.size())
                .mapToDouble(turn -> 100
                        * these.get(turn).eventsPerSecond()
                        / those.get(turn).eventsPerSecond()));
    }

    /** Every tenth login of a million users begins a session where the gap is half an hour. */
    private Contestant remembering(int users) {
        return gatehouse.with(Map.of(
                "profile.max-users",
                Integer.toString(2 * users + 1_000_000),
                "session.gap",
                users * 1_800L / 1_000_000 + "s"));
    }

    private void restart(Contestant contestant, Stand stand, String input, int users, String of)
            throws IOException, InterruptedException, ExecutionException {
        Restart.Taken taken = stand.on(contestant, input, ground -> new Restart(contestant, stand).run(ground, users));
        tell(
                "restart_" + users,
                "killed at full load" + of + ": from its next start to its first commit",
                taken.seconds(),
                "s");
        tell("journal_" + users, "journaled for each event" + of, taken.journalBytesPerEvent(), "bytes");
    }

    /** On the stream of the comparison, and where most is journaled: where nearly every login of a commit is another user's. */
    private void journal() throws IOException, InterruptedException, ExecutionException {
        try (Stand stand = stand(events(), SOME_USERS, PARTITIONS, HEAP_MEGABYTES)) {
            stand.load(new PrintWriter(Writer.nullWriter()));
            tellJournal("journal_throughput", "realistic logins", contestant -> stand.run(contestant, timing()));
        }
        int users = quick ? 100_000 : 1_000_000;
        long events = users + events();
        try (Stand stand = stand(events, users, PARTITIONS, HEAP_MEGABYTES)) {
            String input = stand.loadUniform(users, events());
            tellJournal(
                    "journal_throughput_most",
                    String.format("%,d users at random", users),
                    contestant -> race(contestant, stand, input, events, timing().after(users)));
        }
    }

    /** One round of whoever it is. */
    @FunctionalInterface
    private interface Round {
        Result of(Contestant contestant) throws IOException, InterruptedException, ExecutionException;
    }

    private void tellJournal(String name, String stream, Round round)
            throws IOException, InterruptedException, ExecutionException {
        Contestant unjournaled = Contestants.unjournaled();
        round.of(gatehouse);
        List<Result> written = new ArrayList<>();
        List<Result> unwritten = new ArrayList<>();
        for (int i = 0; i < rounds(); i++) {
            written.add(round.of(gatehouse));
            unwritten.add(round.of(unjournaled));
        }
        tell(
                name,
                "events/s beside those of one that does not send its journal, " + stream,
                share(written, unwritten),
                "%");
    }

    private Standing.Spread eventsPerSecond(List<Result> results) {
        return new Standing(gatehouse, Map.of(), results).eventsPerSecond();
    }

    /** On one broker, and of one input. */
    private void placesAndProcesses() throws IOException, InterruptedException, ExecutionException {
        try (Stand stand = stand(events(), SOME_USERS, PARTITIONS, HEAP_MEGABYTES)) {
            String any = stand.loadUniform(SOME_USERS, events());
            String few = stand.loadUniform(SOME_USERS, events(), FEW_ADDRESSES);
            long events = SOME_USERS + events();
            race(gatehouse, stand, any, events, timing());
            places(stand, any, few, events);
            processes(stand, any, events);
        }
    }

    /** From anywhere, when the table of places is mostly waited for, and from few addresses, when it lies in the caches. */
    private void places(Stand stand, String any, String few, long events)
            throws IOException, InterruptedException, ExecutionException {
        List<Result> fromAny = new ArrayList<>();
        List<Result> fromFew = new ArrayList<>();
        for (int round = 0; round < rounds(); round++) {
            fromAny.add(race(gatehouse, stand, any, events, timing()));
            fromFew.add(race(gatehouse, stand, few, events, timing()));
        }
        tell("addresses_any", "events/s with logins from any address", eventsPerSecond(fromAny), "/s");
        tell(
                "addresses_few",
                String.format("events/s with logins from %,d addresses", FEW_ADDRESSES),
                eventsPerSecond(fromFew),
                "/s");
    }

    private void processes(Stand stand, String input, long events)
            throws IOException, InterruptedException, ExecutionException {
        for (int processes : quick ? new int[] {2} : new int[] {1, 2, 4}) {
            Contestant contestant = gatehouse.with(Map.of("threads", "1")).in(processes);
            tell(
                    "processes_" + processes,
                    "events/s of " + (processes == 1 ? "1 process" : processes + " processes")
                            + " with one thread each",
                    race(contestant, stand, input, events, timing()).eventsPerSecond(),
                    "/s");
        }
    }

    private static Result race(Contestant contestant, Stand stand, String input, long events, Timing timing)
            throws IOException, InterruptedException, ExecutionException {
        return stand.on(contestant, input, ground -> new Race(contestant, ground, events, stand.broker(), stand.admin())
                .run(timing));
    }

    private void partitions() throws IOException, InterruptedException, ExecutionException {
        long events = SOME_USERS + events();
        for (int partitions : quick ? new int[] {1, 16} : new int[] {1, 4, 16, 64}) {
            try (Stand stand = stand(events(), SOME_USERS, partitions, HEAP_MEGABYTES)) {
                String input = stand.loadUniform(SOME_USERS, events());
                race(gatehouse, stand, input, events, timing());
                tell(
                        "partitions_" + partitions,
                        "events/s of one process, " + (partitions == 1 ? "1 partition" : partitions + " partitions"),
                        race(gatehouse, stand, input, events, timing()).eventsPerSecond(),
                        "/s");
            }
        }
    }

    /** From the start of a process that knows nothing until the last of so many events is committed. */
    private void backlog() throws IOException, InterruptedException, ExecutionException {
        long events = quick ? 2_000_000 : 10_000_000;
        try (Stand stand = stand(events, SOME_USERS, PARTITIONS, HEAP_MEGABYTES)) {
            String input = stand.loadUniform(SOME_USERS, events - SOME_USERS);
            stand.on(gatehouse, input, ground -> {
                Restart backlog = new Restart(gatehouse, stand);
                tell(
                        "backlog_seconds",
                        String.format("a backlog of %,d events, from the start of the process", events),
                        backlog.drain(ground, events),
                        "s");
                return null;
            });
        }
    }

    private void heap() {
        int users = quick ? 100_000 : 1_000_000;
        tell(
                "heap_bytes",
                "heap of a user, mean of the realistic profile",
                HeapPerUser.measure(users).heapBytes(),
                "bytes");
        tell(
                "heap_bytes_most",
                "heap of a user with 8 devices",
                HeapPerUser.measureMostDevices(users).heapBytes(),
                "bytes");
    }
}

package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.reset.Destination;
import io.gatehouse.engine.reset.Group;
import io.gatehouse.engine.reset.NoSuchOffsetException;
import io.gatehouse.engine.reset.PartitionMove;
import io.gatehouse.engine.reset.PartitionMove.Memory;
import io.gatehouse.engine.reset.Reset;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A reset moves offsets and memory together or not at all, whoever else is about. */
class ResetTest {
    private static final String INPUT = "user-login";
    private static final String PROCESSED = "processed-user-login";
    private static final String DEAD_LETTERS = "user-login-dlq";
    private static final String STATISTICS = "login-stats";
    private static final String STATE = "gatehouse-state";
    private static final int HISTORIES = 400;
    /** About one in two hundred shows it: so many that all of them missing it is beyond chance. */
    private static final int HISTORIES_TO_FIND_A_FLAW = 3_000;

    private Random random = new Random(7);
    private SimKafka kafka;
    private SimTraffic traffic;

    @Test
    void whatIsProcessedAgainIsToldAsIfForTheFirstTime() {
        somethingIsProcessed(Flaws.NONE, 0);
        SimChecker checker = new SimChecker(kafka, INPUT, true).fromNowOn(PROCESSED, DEAD_LETTERS);
        List<PartitionMove> moves = resetTo(new Destination.Earliest());

        assertThat(moves).hasSize(2).allMatch(move -> move.memory() == Memory.FORGOTTEN);
        assertThat(moves.stream().mapToLong(PartitionMove::again).sum()).isEqualTo(60);
        traffic.append(20);
        drain(worker("i1"));
        checker.check(PROCESSED, DEAD_LETTERS, STATISTICS);
    }

    @Test
    void aDryRunChangesNothing() {
        somethingIsProcessed(Flaws.NONE, 0);
        Reset look = reset(new Destination.Earliest(), false);
        turnUntilDone(look);

        assertThat(look.moves()).allMatch(move -> move.memory() == Memory.FORGOTTEN);
        traffic.append(20);
        drain(worker("i1"));
        new SimChecker(kafka, INPUT, true).check(PROCESSED, DEAD_LETTERS, STATISTICS);
    }

    @Test
    void goingForwardKeepsWhatIsRemembered() {
        somethingIsProcessed(Flaws.NONE, 0);
        long remembered = usersOfANewOwner();
        traffic.append(40);
        List<PartitionMove> moves = resetTo(new Destination.Latest());

        assertThat(moves).allMatch(move -> move.memory() == Memory.KEPT);
        assertThat(moves.stream().mapToLong(PartitionMove::skipped).sum()).isEqualTo(40);
        assertThat(remembered).isPositive();
        assertThat(usersOfANewOwner()).isEqualTo(remembered);
        assertThat(kafka.isDrained(INPUT)).isTrue();
    }

    @Test
    void onlyNamedPartitionsMove() {
        somethingIsProcessed(Flaws.NONE, 0);
        long end = kafka.log(new TopicPartition(INPUT, 1)).endOffset();
        List<PartitionMove> moves = resetTo(new Destination.Offsets(Map.of(0, 3L)));

        assertThat(moves).extracting(PartitionMove::to).containsExactly(3L, end);
        assertThat(moves).extracting(PartitionMove::memory).containsExactly(Memory.FORGOTTEN, Memory.KEPT);
        assertThat(moves.get(1).isStill()).isTrue();
    }

    @Test
    void aTimeLeadsToTheFirstRecordThatIsNotOlder() {
        somethingIsProcessed(Flaws.NONE, 0);
        kafka.pass(5_000);
        long now = kafka.wallMs();
        List<Long> ends = List.of(
                kafka.log(new TopicPartition(INPUT, 0)).endOffset(),
                kafka.log(new TopicPartition(INPUT, 1)).endOffset());
        traffic.append(20);

        assertThat(resetTo(new Destination.Time(now)))
                .extracting(PartitionMove::to)
                .isEqualTo(ends);
    }

    @Test
    void anOffsetThatIsNotThereIsRefused() {
        somethingIsProcessed(Flaws.NONE, 0);
        assertThatThrownBy(() -> resetTo(new Destination.Offsets(Map.of(0, 5_000L))))
                .isInstanceOf(NoSuchOffsetException.class)
                .hasMessageContaining("partition 0 of user-login has no offset 5000");
        assertThatThrownBy(() -> resetTo(new Destination.Offsets(Map.of(2, 0L))))
                .isInstanceOf(NoSuchOffsetException.class)
                .hasMessageContaining("there is no partition 2");
    }

    @Test
    void aResetWithAMemberStillAliveIsRefusedAndNothingMoves() {
        somethingIsProcessed(Flaws.NONE, 0);
        Worker alive = worker("i1");
        turn(alive, 50);
        assertThatThrownBy(() -> resetTo(new Destination.Earliest()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("1 member (", "Stop all instances");
        traffic.append(20);
        drain(alive);
        new SimChecker(kafka, INPUT, true).check(PROCESSED, DEAD_LETTERS, STATISTICS);
    }

    @Test
    void anOffsetMovedByAnotherToolIsMovedTogetherWithMemoryAgain() {
        somethingIsProcessed(Flaws.NONE, 0);
        kafka.group.tamper(new TopicPartition(INPUT, 0), new OffsetAndMetadata(2));
        SimChecker checker = new SimChecker(kafka, INPUT, true).fromNowOn(PROCESSED, DEAD_LETTERS);
        assertThat(resetTo(new Destination.Earliest()).get(0).found()).contains("another tool", "to 2");
        drain(worker("i1"));
        checker.check(PROCESSED, DEAD_LETTERS, STATISTICS);
    }

    @Test
    void aDamagedJournalIsLeftBehind() {
        somethingIsProcessed(Flaws.NONE, 0);
        SimLog log = kafka.log(new TopicPartition(STATE, 0));
        for (long offset = log.startOffset(); offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                log.at(offset).value()[20] ^= 1;
            }
        }
        List<PartitionMove> moves = resetTo(new Destination.Latest());
        assertThat(moves.get(0).found()).contains("cannot be read");
        assertThat(moves.get(0).memory()).isEqualTo(Memory.FORGOTTEN);
        assertThat(moves.get(1).memory()).isEqualTo(Memory.KEPT);
        traffic.append(20);
        drain(worker("i1"));
    }

    @Test
    void aRecreatedInputIsBegunAnew() {
        somethingIsProcessed(Flaws.NONE, 0);
        kafka.recreateTopics();
        List<PartitionMove> moves = resetTo(new Destination.Latest());
        assertThat(moves).allMatch(move -> move.found().contains("deleted and created again"));
        assertThat(moves).allMatch(move -> move.memory() == Memory.FORGOTTEN);
        drain(worker("i1"));
    }

    @Test
    void whatIsForgottenIsVoidAlsoWhenItCouldNotBeDeleted() {
        // When it was deleted before the offset was seen to have moved, the next seed may have it otherwise.
        long seed = 0;
        do {
            random = new Random(seed++);
            assertThat(seed).isLessThan(100);
        } while (!isKilledBeforeItDeletes());
        SimChecker checker = new SimChecker(kafka, INPUT, true).fromNowOn(PROCESSED, DEAD_LETTERS);
        drain(worker("i1"));
        checker.check(PROCESSED, DEAD_LETTERS, STATISTICS);
    }

    private boolean isKilledBeforeItDeletes() {
        somethingIsProcessed(Flaws.NONE, 0);
        long before = kafka.log(new TopicPartition(STATE, 0)).startOffset();
        Reset reset = reset(new Destination.Earliest(), true);
        while (!hasCommittedReset()) {
            kafka.pass(1);
            reset.turn();
        }
        reset.close();
        kafka.forgetQuestions();
        return kafka.log(new TopicPartition(STATE, 0)).startOffset() == before;
    }

    @Test
    void aMemberThatJoinsInTheMiddleFindsAllOfItDoneOrNothing() {
        int done = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            done += historyWithALateMember(seed, Flaws.NONE) ? 1 : 0;
        }
        assertThat(done).as("resets that came through").isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
    }

    @Test
    void withoutFencingALateMemberFindsHalfOfIt() {
        assertThat(catchThrowable(() -> {
                    for (int seed = 0; seed < HISTORIES_TO_FIND_A_FLAW; seed++) {
                        historyWithALateMember(seed, Flaws.UNFENCED_OFFSETS);
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aZombieThatComesBackAfterAResetWritesNothingOfItsOldLife() {
        for (int seed = 0; seed < HISTORIES / 4; seed++) {
            random = new Random(seed);
            somethingIsProcessed(Flaws.NONE, 0);
            traffic.append(40);
            Worker zombie = worker("i1");
            turn(zombie, 20 + random.nextInt(60));
            kafka.pass(SimGroup.SESSION_TIMEOUT_MS + 1);
            resetTo(new Destination.Earliest());
            SimChecker checker = new SimChecker(kafka, INPUT, true).fromNowOn(PROCESSED, DEAD_LETTERS);
            drain(zombie);
            checker.check(PROCESSED, DEAD_LETTERS, STATISTICS);
        }
    }

    /** @return whether the reset came through */
    private boolean historyWithALateMember(int seed, Flaws flaws) {
        try {
            return playHistoryWithALateMember(seed, flaws);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private boolean playHistoryWithALateMember(int seed, Flaws flaws) {
        random = new Random(seed);
        somethingIsProcessed(flaws, 3);
        SimChecker afterwards = new SimChecker(kafka, INPUT, true).fromNowOn(PROCESSED, DEAD_LETTERS);
        Worker late = worker("i1");
        kafka.meanwhile(() -> {
            kafka.meanwhile(() -> {});
            kafka.pass(SimGroup.SESSION_TIMEOUT_MS + 1);
            turn(late, 60);
        });
        Reset reset = reset(new Destination.Earliest(), true);
        int joinsAfter = random.nextInt(60);
        boolean done = false;
        try {
            for (int turns = 0; !done; turns++) {
                kafka.pass(10);
                done = reset.turn();
                if (turns >= joinsAfter) {
                    turn(late, 1);
                }
            }
        } catch (Refusal | KafkaException e) {
            // Nothing has changed, as the check will tell.
        } catch (SimKafka.Killed e) {
            reset = null;
        }
        kafka.calm();
        if (reset != null) {
            reset.close();
        }
        boolean moved = hasCommittedReset();
        traffic.append(20);
        drain(late);
        (moved ? afterwards : new SimChecker(kafka, INPUT, true)).check(PROCESSED, DEAD_LETTERS, STATISTICS);
        return moved;
    }

    private boolean hasCommittedReset() {
        return kafka.transactions().stream()
                .anyMatch(transaction ->
                        transaction.transactionalId.equals("gatehouse-reset") && transaction.isCommitted());
    }

    private void somethingIsProcessed(Flaws flaws, int faultRate) {
        kafka = new SimKafka(
                random, flaws, INPUT, 2, List.of(PROCESSED, DEAD_LETTERS, "login-sessions", STATISTICS, STATE), 0);
        traffic = new SimTraffic(kafka, INPUT, random);
        traffic.append(60);
        Worker first = worker("i0");
        drain(first);
        first.finish(Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            kafka.pass(100);
        }
        kafka.trouble(faultRate);
    }

    /** A group without members. */
    static final class Nobody {
        CompletableFuture<List<String>> members() {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    private List<PartitionMove> resetTo(Destination destination) {
        Reset reset = reset(destination, true);
        try {
            turnUntilDone(reset);
        } finally {
            reset.close();
        }
        return reset.moves();
    }

    private void turnUntilDone(Reset reset) {
        do {
            kafka.pass(10);
        } while (!reset.turn());
    }

    private Reset reset(Destination destination, boolean execute) {
        Group group = new Group("gatehouse", new SimClients(kafka), kafka);
        // What is keyed has no second stage; nobody is in its group.
        return new Reset(
                settings("i9"),
                destination,
                null,
                execute,
                group,
                new Group("gatehouse-route", null, Stand.in(Cluster.class, new Nobody())),
                kafka);
    }

    private long usersOfANewOwner() {
        Worker owner = worker("i2");
        turn(owner, 200);
        assertThat(owner.partitions()).hasSize(2).allMatch(partition -> partition.trouble() == null);
        long users =
                owner.partitions().stream().mapToLong(PartitionStatus::users).sum();
        owner.finish(Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            kafka.pass(100);
        }
        return users;
    }

    private void drain(Worker worker) {
        for (int i = 0; i < 3000 && !kafka.isDrained(INPUT); i++) {
            turn(worker, 1);
        }
        assertThat(worker.partitions()).allMatch(partition -> partition.trouble() == null);
        assertThat(kafka.isDrained(INPUT)).isTrue();
        turn(worker, 100);
    }

    private void turn(Worker worker, int times) {
        for (int i = 0; i < times; i++) {
            kafka.pass(100);
            worker.turn();
        }
    }

    private Worker worker(String instance) {
        return new Worker(
                0,
                settings(instance),
                new GeoTables(GeoTable.empty()),
                new UserBudget(1_000_000),
                () -> 1,
                new SimClients(kafka),
                kafka,
                kafka);
    }

    private EngineSettings settings(String instance) {
        return SimSettings.of(instance);
    }
}

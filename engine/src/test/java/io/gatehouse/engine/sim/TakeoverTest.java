package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker says when offsets, journal and topics do not belong together: never a guess, never a skip. */
class TakeoverTest {
    private static final String INPUT = "user-login";
    private static final String PROCESSED = "processed-user-login";
    private static final String SESSIONS = "login-sessions";
    private static final String STATISTICS = "login-stats";
    private static final TopicPartition INPUT_0 = new TopicPartition(INPUT, 0);
    private static final TopicPartition STATE_0 = new TopicPartition("gatehouse-state", 0);

    private final Random random = new Random(5);
    private final SimKafka kafka = new SimKafka(
            random,
            Flaws.NONE,
            INPUT,
            1,
            List.of(PROCESSED, "user-login-dlq", SESSIONS, STATISTICS, STATE_0.topic()),
            0);
    private final SimTraffic traffic = new SimTraffic(kafka, INPUT, random);

    @BeforeEach
    void somethingHasBeenProcessed() {
        traffic.append(50);
        Worker first = worker(EngineSettings.Start.EARLIEST);
        turnUntilDrained(first);
        first.finish(Duration.ofSeconds(5));
        // What it published in the end is committed with an offset, which takes its time to show.
        for (int i = 0; i < 20; i++) {
            kafka.pass(100);
        }
    }

    @Test
    void aSecondOwnerGoesOnWhereTheFirstStopped() {
        traffic.append(50);
        Worker second = worker(EngineSettings.Start.EARLIEST);
        turnUntilDrained(second);
        turn(second, 100);
        new SimChecker(kafka, INPUT).check(PROCESSED, "user-login-dlq", STATISTICS);
    }

    @Test
    void whereToStartCountsOnlyForAGroupWithoutState() {
        traffic.append(50);
        Worker second = worker(EngineSettings.Start.LATEST);
        turnUntilDrained(second);
        turn(second, 100);
        new SimChecker(kafka, INPUT).check(PROCESSED, "user-login-dlq", STATISTICS);
    }

    @Test
    void anOffsetMovedByAnotherToolIsRefused() {
        kafka.group.tamper(INPUT_0, new OffsetAndMetadata(20));
        assertThat(troubleOfANewOwner())
                .contains("committed offset of user-login-0 is 20", "journal stands at 50", "gatehouse reset");
    }

    @Test
    void anOffsetThatIsGoneIsRefused() {
        kafka.group.tamper(INPUT_0, null);
        assertThat(troubleOfANewOwner()).contains("no committed offset");
    }

    @Test
    void aJournalThatIsGoneIsRefused() {
        kafka.log(STATE_0).trim(kafka.log(STATE_0).endOffset());
        assertThat(troubleOfANewOwner()).contains("its journal gatehouse-state-0 is empty");
    }

    @Test
    void aRecreatedInputTopicIsRefused() {
        kafka.recreateTopics();
        assertThat(troubleOfANewOwner()).contains("deleted and created again");
    }

    /** As Kafka does it. */
    @Test
    void soItIsWhenTheGroupsOffsetsWentWithTheTopic() {
        kafka.recreateTopics();
        kafka.group.tamper(INPUT_0, null);
        assertThat(troubleOfANewOwner()).contains("deleted and created again");
    }

    @Test
    void aTopicThatIsRecreatedWhileItIsWorkedOnIsNoticed() {
        Worker worker = worker(EngineSettings.Start.EARLIEST);
        turn(worker, 300);
        assertThat(troubleOf(worker)).isNull();
        kafka.recreateTopics();
        assertThat(troubleWhileItWorks(worker)).contains("deleted and created again while it was worked on");
        turn(worker, 300);
        assertThat(troubleOf(worker)).contains("deleted and created again since its journal was written");
    }

    @Test
    void partitionsAddedWhileATopicIsWorkedOnAreNoticed() {
        Worker worker = worker(EngineSettings.Start.EARLIEST);
        turn(worker, 300);
        kafka.addPartition(INPUT);
        assertThat(troubleWhileItWorks(worker)).contains("partitions were added to the topic user-login");
    }

    private String troubleWhileItWorks(Worker worker) {
        for (int i = 0; i < 300 && worker.status().trouble() == null; i++) {
            turn(worker, 1);
        }
        return worker.status().trouble();
    }

    @Test
    void addedPartitionsAreRefused() {
        kafka.addPartition(INPUT);
        assertThat(troubleOfANewOwner()).contains("has 2 partitions", "gatehouse-state has 1");
        kafka.addPartition(STATE_0.topic());
        assertThat(troubleOfANewOwner()).contains("has 2 partitions", "had 1");
    }

    @Test
    void aDamagedBlockIsRefusedWithItsOffset() {
        SimLog.Entry block = lastBlock();
        block.value()[block.value().length - 1] ^= 1;
        assertThat(troubleOfANewOwner()).contains("cannot be read at offset", "checksum");
    }

    private SimLog.Entry lastBlock() {
        SimLog log = kafka.log(STATE_0);
        long offset = log.endOffset() - 1;
        while (!log.isVisible(offset)) {
            offset--;
        }
        return log.at(offset);
    }

    @Test
    void aMissingTopicIsNamed() {
        kafka.deleteTopic("user-login-dlq");
        assertThat(troubleOfANewOwner()).contains("user-login-dlq does not exist", "gatehouse topics create");
    }

    @Test
    void aForeignTransactionThatHangsIsNamed() {
        SimProducer foreign = new SimProducer(kafka, "somebody-else");
        foreign.initTransactions();
        foreign.leaveOpenOn(STATE_0);
        assertThat(troubleOfANewOwner()).contains("open transaction somebody-else");
    }

    @Test
    void aHeldBackPartitionGoesOnByItselfOnceTheOffsetIsMovedBack() {
        kafka.group.tamper(INPUT_0, new OffsetAndMetadata(20));
        Worker worker = worker(EngineSettings.Start.EARLIEST);
        turn(worker, 300);
        assertThat(troubleOf(worker)).isNotNull();
        kafka.group.tamper(INPUT_0, new OffsetAndMetadata(50));
        traffic.append(10);
        turnUntilDrained(worker);
        assertThat(troubleOf(worker)).isNull();
    }

    @Test
    void withoutMemoryTheCommittedOffsetIsAllThatCounts() {
        List.of(SESSIONS, STATISTICS, STATE_0.topic()).forEach(kafka::deleteTopic);
        traffic.append(20);
        Worker worker = worker(EngineSettings.Start.EARLIEST, SimSettings.withoutMemory());
        turnUntilDrained(worker);
        assertThat(troubleOf(worker)).isNull();
        assertThat(worker.partitions()).allSatisfy(partition -> {
            assertThat(partition.misplaced()).isZero();
            assertThat(partition.users()).isZero();
        });
    }

    @Test
    void memorySwitchedOnAgainIsRefusedBecauseItMissedWhatCameMeanwhile() {
        traffic.append(20);
        Worker forgetful = worker(EngineSettings.Start.EARLIEST, SimSettings.withoutMemory());
        turnUntilDrained(forgetful);
        forgetful.finish(Duration.ofSeconds(5));
        assertThat(troubleOfANewOwner()).contains("profile.enabled=false", "journal stands at 50");
    }

    private String troubleOfANewOwner() {
        Worker worker = worker(EngineSettings.Start.EARLIEST);
        for (int i = 0; i < 300 && troubleOf(worker) == null; i++) {
            turn(worker, 1);
        }
        String trouble = troubleOf(worker);
        worker.finish(Duration.ofSeconds(1));
        return trouble;
    }

    private static String troubleOf(Worker worker) {
        return worker.partitions().isEmpty()
                ? worker.status().trouble()
                : worker.partitions().get(0).trouble();
    }

    private void turnUntilDrained(Worker worker) {
        for (int i = 0; i < 2000 && !kafka.isDrained(INPUT); i++) {
            turn(worker, 1);
        }
        assertThat(kafka.isDrained(INPUT)).isTrue();
        turn(worker, 10);
    }

    private void turn(Worker worker, int times) {
        for (int i = 0; i < times; i++) {
            kafka.pass(100);
            worker.turn();
        }
    }

    private Worker worker(EngineSettings.Start start) {
        return worker(start, JudgeSettings.DEFAULTS);
    }

    private Worker worker(EngineSettings.Start start, JudgeSettings judge) {
        EngineSettings settings = SimSettings.of("i0", start, judge);
        return new Worker(
                0,
                settings,
                new GeoTables(GeoTable.empty()),
                new UserBudget(1_000_000),
                () -> 1,
                new SimClients(kafka),
                kafka,
                kafka);
    }
}

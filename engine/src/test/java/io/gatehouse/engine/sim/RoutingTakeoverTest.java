package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.reset.Destination;
import io.gatehouse.engine.reset.Group;
import io.gatehouse.engine.reset.PartitionMove;
import io.gatehouse.engine.reset.PartitionMove.Memory;
import io.gatehouse.engine.reset.Reset;
import io.gatehouse.engine.worker.Chooser;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the routing stage says when its offsets and its topics do not belong together, and how a reset mends it. */
class RoutingTakeoverTest {
    private static final String INPUT = "user-login";
    private static final TopicPartition INPUT_0 = new TopicPartition(INPUT, 0);
    private static final TopicPartition STATE_0 = new TopicPartition("gatehouse-state", 0);
    private static final TopicPartition BY_USER_0 = new TopicPartition("gatehouse-by-user", 0);

    private final Random random = new Random(7);
    private final SimKafka kafka = new SimKafka(
            random,
            Flaws.NONE,
            INPUT,
            1,
            List.of(
                    "processed-user-login",
                    "user-login-dlq",
                    "login-sessions",
                    "login-stats",
                    STATE_0.topic(),
                    BY_USER_0.topic()),
            0);
    private final SimTraffic traffic = new SimTraffic(kafka, INPUT, random);

    @BeforeEach
    void somethingHasBeenRouted() {
        traffic.append(50);
        Worker first = router("first");
        turnUntilDrained(first);
        first.finish(Duration.ofSeconds(5));
    }

    @Test
    void aSecondOwnerGoesOnWhereTheFirstStopped() {
        traffic.append(30);
        turnUntilDrained(router("second"));
        assertThat(routed()).isEqualTo(80);
    }

    @Test
    void anOffsetMovedByAnotherToolIsRefused() {
        kafka.group.tamper(INPUT_0, new OffsetAndMetadata(20));
        assertThat(troubleOfANewOwner())
                .contains("committed offset of user-login-0, 20", "another tool", "gatehouse reset");
    }

    @Test
    void aRecreatedInputTopicIsRefused() {
        kafka.recreateTopics();
        assertThat(troubleOfANewOwner()).contains("deleted and created again", "gatehouse reset");
    }

    @Test
    void addedPartitionsAreRefused() {
        kafka.addPartition(INPUT);
        assertThat(troubleOfANewOwner()).contains("has 2 partitions, but had 1", "gatehouse reset");
    }

    @Test
    void aByUserTopicThatGrowsWhileItIsRoutedIntoIsNoticed() {
        Worker worker = router("second");
        turnUntilDrained(worker);
        for (int i = 0; i < 100; i++) {
            turn(worker);
        }
        kafka.addPartition(BY_USER_0.topic());
        for (int i = 0; i < 300 && worker.status().trouble() == null; i++) {
            turn(worker);
        }
        assertThat(worker.status().trouble()).contains("partitions were added to the topic gatehouse-by-user");
    }

    @Test
    void aResetMendsAMovedOffsetAndForgetsForItIsNotKnownHowFarTheStageHadCome() {
        whatIsRoutedIsJudged();
        kafka.group.tamper(INPUT_0, new OffsetAndMetadata(20));
        Reset reset = resetTo(new Destination.Offsets(Map.of(0, 30L)));
        assertThat(reset.moves().get(0).found()).contains("another tool has moved the group's offset to 20");
        assertThat(reset.movesByUser()).extracting(PartitionMove::memory).containsExactly(Memory.FORGOTTEN);
        turnUntilDrained(router("second"));
        assertThat(routed()).isGreaterThan(50);
    }

    @Test
    void aResetBeginsInAddedPartitionsAndKeepsWhatIsRemembered() {
        whatIsRoutedIsJudged();
        kafka.addPartition(INPUT);
        traffic.append(20);
        Reset reset = resetTo(new Destination.Offsets(Map.of(1, 0L)));
        assertThat(reset.moves().get(0).found()).contains("the topic had 1 partitions");
        assertThat(reset.movesByUser()).extracting(PartitionMove::memory).containsExactly(Memory.KEPT);
        turnUntilDrained(router("second"));
        assertThat(routed()).isEqualTo(70);
    }

    @Test
    void aResetThatGoesNowhereLeavesAGroupThatGoesOn() {
        whatIsRoutedIsJudged();
        assertThat(resetTo(new Destination.Offsets(Map.of(0, end(INPUT_0)))).isStill())
                .isTrue();
        traffic.append(30);
        resetTo(new Destination.Latest());
        traffic.append(10);
        turnUntilDrained(router("second"));
        assertThat(routed()).isEqualTo(60);
    }

    @Test
    void aChangedChoiceHoldsAlsoWhereWhatItHasMadeVoidCouldNotBeDeleted() {
        whatIsRoutedIsJudged();
        long before = kafka.log(STATE_0).startOffset();
        Reset reset = reset(new Destination.Latest(), Partitioning.KEYED);
        while (kafka.transactions().stream()
                .noneMatch(open -> open.transactionalId.equals("gatehouse-reset") && open.isCommitted())) {
            kafka.pass(1);
            reset.turn();
        }
        reset.close();
        kafka.forgetQuestions();
        assertThat(kafka.log(STATE_0).startOffset()).isEqualTo(before);

        Chooser chooser =
                new Chooser(SimSettings.of("next").with(Partitioning.AUTO), new SimClients(kafka), kafka, kafka);
        for (int i = 0; i < 100 && chooser.choice() == null; i++) {
            kafka.pass(50);
            chooser.turn();
        }
        assertThat(chooser.choice()).isEqualTo(Partitioning.KEYED);
        assertThat(resetTo(new Destination.Latest()).chosen()).isEqualTo(Partitioning.KEYED);
    }

    private void whatIsRoutedIsJudged() {
        Worker judge = new Worker(
                1,
                settings("judge"),
                new GeoTables(GeoTable.empty()),
                new UserBudget(1_000_000),
                () -> 1,
                new SimClients(kafka),
                kafka,
                kafka);
        for (int i = 0; i < 2000 && !kafka.isDrained(BY_USER_0.topic()); i++) {
            turn(judge);
        }
        assertThat(kafka.isDrained(BY_USER_0.topic())).isTrue();
        judge.finish(Duration.ofSeconds(5));
    }

    private long end(TopicPartition partition) {
        return kafka.log(partition).endOffset();
    }

    private Reset reset(Destination destination, Partitioning requested) {
        return new Reset(
                settings("reset"),
                destination,
                requested,
                true,
                new Group("gatehouse", new SimClients(kafka), kafka),
                new Group("gatehouse-route", new SimClients(kafka), kafka),
                kafka);
    }

    private Reset resetTo(Destination destination) {
        Reset reset = reset(destination, null);
        try {
            do {
                kafka.pass(10);
            } while (!reset.turn());
        } finally {
            reset.close();
        }
        return reset;
    }

    private String troubleOfANewOwner() {
        traffic.append(10);
        Worker worker = router("second");
        for (int i = 0; i < 300 && troubleOf(worker) == null; i++) {
            turn(worker);
        }
        String trouble = troubleOf(worker);
        worker.finish(Duration.ofSeconds(1));
        assertThat(routed()).isEqualTo(50);
        return trouble;
    }

    private static String troubleOf(Worker worker) {
        return worker.partitions().isEmpty()
                ? worker.status().trouble()
                : worker.partitions().get(0).trouble();
    }

    private void turnUntilDrained(Worker worker) {
        for (int i = 0; i < 2000 && !kafka.isDrained(INPUT); i++) {
            turn(worker);
        }
        assertThat(kafka.isDrained(INPUT)).isTrue();
    }

    private void turn(Worker worker) {
        kafka.pass(100);
        worker.turn();
    }

    private long routed() {
        SimLog log = kafka.log(BY_USER_0);
        long records = 0;
        for (long offset = 0; offset < log.endOffset(); offset++) {
            records += log.isVisible(offset) ? 1 : 0;
        }
        return records;
    }

    private Worker router(String instance) {
        return Worker.routing(0, settings(instance), new SimClients(kafka), kafka, kafka);
    }

    private static EngineSettings settings(String instance) {
        return SimSettings.of(instance).with(Partitioning.REKEY);
    }
}

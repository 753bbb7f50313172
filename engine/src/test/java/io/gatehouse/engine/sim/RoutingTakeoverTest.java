package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.JudgeSettings;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the routing stage says when its offsets and its topics do not belong together. */
class RoutingTakeoverTest {
    private static final String INPUT = "user-login";
    private static final TopicPartition INPUT_0 = new TopicPartition(INPUT, 0);
    private static final TopicPartition BY_USER_0 = new TopicPartition("gatehouse-by-user", 0);

    private final Random random = new Random(7);
    private final SimKafka kafka = new SimKafka(
            random, Flaws.NONE, INPUT, 1, List.of("user-login-dlq", "gatehouse-state", BY_USER_0.topic()), 0);
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
                .contains("committed offset of user-login-0, 20", "another tool", "choose another application.id");
    }

    @Test
    void aRecreatedInputTopicIsRefused() {
        kafka.recreateTopics();
        assertThat(troubleOfANewOwner()).contains("deleted and created again", "choose another application.id");
    }

    @Test
    void addedPartitionsAreRefused() {
        kafka.addPartition(INPUT);
        assertThat(troubleOfANewOwner()).contains("has 2 partitions, but had 1", "choose another application.id");
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
        EngineSettings settings = new EngineSettings(
                "gatehouse",
                "1.0",
                instance,
                new EngineSettings.Topics(
                        INPUT,
                        "processed-user-login",
                        "user-login-dlq",
                        "login-sessions",
                        "login-stats",
                        "gatehouse-state"),
                new EngineSettings.Routing(EngineSettings.Partitioning.REKEY, BY_USER_0.topic(), 1),
                1,
                EngineSettings.Start.EARLIEST,
                Duration.ofMillis(10),
                100,
                1_000_000,
                1 << 20,
                JudgeSettings.DEFAULTS,
                Duration.ofSeconds(5),
                Map.of(),
                Map.of(),
                Map.of());
        return Worker.routing(0, settings, new SimClients(kafka), kafka, kafka);
    }
}

package io.gatehouse.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.engine.topic.NewTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One cluster for all tests; each leaves it whole, and what was acknowledged in any of them is still there, once. */
@Timeout(120)
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DISK_MEGABYTES = 64;
    private static final int PARTITIONS = 3;
    private static final String NUMBERS = "numbers";
    private static final List<TopicPartition> ALL = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(NUMBERS, partition))
            .toList();

    @TempDir
    private static Path directory;

    private static Cluster cluster;
    private static String noDisk;
    private static KafkaProducer<Integer, Integer> producer;
    private static int sent;

    @BeforeAll
    static void start() throws Exception {
        try {
            cluster = Cluster.startWithSmallDisk(directory, DISK_MEGABYTES);
        } catch (FaultImpossible e) {
            noDisk = e.getMessage();
            cluster = Cluster.start(directory);
        }
        try (Admin admin = Admin.create(cluster.direct())) {
            NewTopics.create(admin, List.of(new NewTopic(NUMBERS, PARTITIONS, (short) 3)));
        }
        producer = producer();
    }

    @AfterAll
    static void stop() {
        producer.close(Duration.ZERO);
        cluster.close();
    }

    @AfterEach
    void nothingIsLostOrDoubled() {
        cluster.nodes().stream().filter(node -> !node.isAlive()).forEach(Node::start);
        cluster.nodes().forEach(node -> node.awaitReady(PATIENCE));
        cluster.awaitInSync(PATIENCE);
        assertThat(stored())
                .containsExactlyElementsOf(IntStream.range(0, sent).boxed().toList());
    }

    @Test
    void aLeaderThatIsKilledIsReplaced() throws Exception {
        sendToAll();
        Node leader = cluster.leaderOf(NUMBERS, 0);
        leader.kill();
        sendToAll();
        assertThat(cluster.leaderOf(NUMBERS, 0)).isNotSameAs(leader);
    }

    @Test
    void aControllerThatIsPausedIsReplacedAndComesBackAsOneOfTheOthers() throws Exception {
        Node controller = cluster.controller();
        controller.pause();
        try {
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> cluster.controller() != controller);
            assertThat(controller.isAlive()).isTrue();
            sendToAll();
        } finally {
            controller.resume();
        }
        sendToAll();
    }

    @Test
    void brokersMayBeRestartedOneByOneUnderLoad() throws Exception {
        for (Node node : cluster.nodes()) {
            List<Future<RecordMetadata>> underWay = send();
            assertThat(node.stop(PATIENCE)).isTrue();
            underWay.addAll(send());
            node.start();
            node.awaitReady(PATIENCE);
            cluster.awaitInSync(PATIENCE);
            await(underWay);
        }
    }

    @Test
    void rightsThatAreWithdrawnAreMissedUntilTheyAreRestored() throws Exception {
        cluster.withdraw(NUMBERS);
        try {
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                try (KafkaProducer<Integer, Integer> another = producer()) {
                    assertThatThrownBy(() -> another.partitionsFor(NUMBERS))
                            .isInstanceOf(TopicAuthorizationException.class);
                }
            });
        } finally {
            cluster.restore(NUMBERS);
        }
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (KafkaProducer<Integer, Integer> another = producer()) {
                return another.partitionsFor(NUMBERS).size() == PARTITIONS;
            }
        });
    }

    @Test
    void aConnectionThatIsCutIsMadeAgain() throws Exception {
        sendToAll();
        cluster.nodes().forEach(node -> node.proxy().cutOnce());
        sendToAll();
    }

    @Test
    void aBrokerWhoseDiskIsFullEndsAndComesBackWhenThereIsRoom() throws Exception {
        assumeTrue(noDisk == null, () -> "left out: " + noDisk);
        Node node = cluster.nodeOnSmallDisk();
        cluster.fillDisk();
        List<Future<RecordMetadata>> underWay = send();
        assertThat(node.awaitEnd(PATIENCE)).isTrue();
        assertThat(node.exitCode()).isNotZero();
        cluster.freeDisk();
        node.start();
        await(underWay);
    }

    private static KafkaProducer<Integer, Integer> producer() {
        Map<String, Object> settings = new HashMap<>();
        cluster.forWorkers().forEach((name, value) -> settings.put(name.substring("kafka.".length()), value));
        settings.put("request.timeout.ms", "3000");
        settings.put("max.block.ms", "30000");
        return new KafkaProducer<>(settings, new IntegerSerializer(), new IntegerSerializer());
    }

    /** A number to each partition, acknowledged by at least two brokers each. */
    private static void sendToAll() throws Exception {
        await(send());
    }

    private static List<Future<RecordMetadata>> send() {
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (TopicPartition partition : ALL) {
            answers.add(producer.send(new ProducerRecord<>(NUMBERS, partition.partition(), null, sent)));
            sent++;
        }
        return answers;
    }

    private static void await(List<Future<RecordMetadata>> answers) throws InterruptedException, ExecutionException {
        for (Future<RecordMetadata> answer : answers) {
            answer.get();
        }
    }

    private static List<Integer> stored() {
        List<Integer> numbers = new ArrayList<>();
        try (KafkaConsumer<Integer, Integer> consumer =
                new KafkaConsumer<>(cluster.direct(), new IntegerDeserializer(), new IntegerDeserializer())) {
            consumer.assign(ALL);
            consumer.seekToBeginning(ALL);
            Map<TopicPartition, Long> ends = consumer.endOffsets(ALL);
            while (ALL.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<Integer, Integer> record : consumer.poll(Duration.ofMillis(100))) {
                    numbers.add(record.value());
                }
            }
        }
        return numbers.stream().sorted().toList();
    }
}

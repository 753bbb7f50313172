package io.gatehouse.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.engine.topic.NewTopics;
import io.gatehouse.lab.broker.EmbeddedBroker;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class FaultTest {
    private static final byte[] SOMETHING = new byte[1000];

    private static EmbeddedBroker broker;
    private static Admin admin;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.temporary().start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    @Test
    void anOpenTransactionHoldsReadersBackUntilItIsClosed() throws Exception {
        TopicPartition partition = new TopicPartition(topic("held"), 0);
        OpenTransaction open = OpenTransaction.in(partition, kafka());
        send(partition.topic(), SOMETHING);
        assertThat(end(partition, IsolationLevel.READ_COMMITTED)).isZero();
        assertThat(end(partition, IsolationLevel.READ_UNCOMMITTED)).isEqualTo(2);

        open.close();
        // The broker writes the mark of the end after it has answered.
        Awaitility.await().until(() -> end(partition, IsolationLevel.READ_COMMITTED) == 3);
    }

    @Test
    void aTopicRefusesRecordsUntilItIsClosedAndThenHasItsOwnLimitAgain() throws Exception {
        // Of this topic alone: a batch of several records would have to be sent again in pieces.
        String topic = topic("refusing", Map.of("max.message.bytes", "2000"));
        try (RefusingTopic refusing = RefusingTopic.of(topic, kafka())) {
            assertThat(refusing).asString().contains("refusing");
            assertThatThrownBy(() -> send(topic, SOMETHING))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }
        send(topic, SOMETHING);
        assertThatThrownBy(() -> send(topic, new byte[3000])).hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void oneRecordOfOneTopicIsLostInSilence() throws Exception {
        TopicPartition losing = new TopicPartition(topic("losing"), 0);
        TopicPartition sound = new TopicPartition(topic("sound"), 0);
        try (Producer<byte[], byte[]> producer = new Loss("losing").before(producer())) {
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>(sound.topic(), SOMETHING));
                producer.send(new ProducerRecord<>(losing.topic(), SOMETHING));
            }
        }
        assertThat(end(losing, IsolationLevel.READ_COMMITTED)).isEqualTo(2);
        assertThat(end(sound, IsolationLevel.READ_COMMITTED)).isEqualTo(3);
    }

    @Test
    void aTableIsAsOldAsIsAskedFor() throws Exception {
        Path file = directory.resolve("places.geo");
        int exitCode = new CommandLine(new TableCommand()).execute("--age", "400", "--out", file.toString());
        assertThat(exitCode).isZero();
        Instant builtAt = GeoTable.read(ByteBuffer.wrap(Files.readAllBytes(file)))
                .info()
                .source()
                .builtAt();
        assertThat(Duration.between(builtAt, Instant.now()).toDays()).isEqualTo(400);
    }

    @Test
    void aTopicThatThereIsNotIsToldOf() {
        assertThatThrownBy(() -> RefusingTopic.of("nowhere", kafka()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("UnknownTopicOrPartition");
    }

    private static FaultyKafka kafka() {
        return new FaultyKafka(broker.bootstrap());
    }

    private static String topic(String name) throws Exception {
        return topic(name, Map.of());
    }

    private static String topic(String name, Map<String, String> settings) throws Exception {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings);
        NewTopics.create(admin, List.of(topic));
        return name;
    }

    private static void send(String topic, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static long end(TopicPartition partition, IsolationLevel isolation) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .get()
                .offset();
    }
}

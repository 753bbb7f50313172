package io.gatehouse.lab.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engine.topic.NewTopics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition LETTERS = new TopicPartition("letters", 0);

    @TempDir
    Path dataDir;

    @Test
    void committedRecordsAndOffsetsOutliveARestartAndAbortedOnesAreNeverSeen() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.at(0, dataDir).start()) {
            createLetters(broker);
            try (KafkaProducer<String, String> producer = transactionalProducer(broker);
                    KafkaConsumer<String, String> consumer = consumer(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("letters", "lost"));
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("letters", "kept"));
                producer.sendOffsetsToTransaction(Map.of(LETTERS, new OffsetAndMetadata(17)), consumer.groupMetadata());
                producer.commitTransaction();
            }
            int port = broker.port();
            broker.stop();
            broker.start();

            assertThat(broker.port()).isEqualTo(port);
            assertThat(valuesOfLetters(broker, 1)).containsExactly("kept");
            assertThat(committedOffset(broker)).isEqualTo(17);
        }
        assertThat(dataDir).isNotEmptyDirectory();
    }

    @Test
    void aTemporaryBrokerLeavesNoFilesBehind() {
        EmbeddedBroker broker = EmbeddedBroker.temporary();
        Path directory = broker.dataDir();
        broker.close();
        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmbeddedBroker broker = EmbeddedBroker.at(taken.getLocalPort(), dataDir)) {
            assertThatThrownBy(broker::start)
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aDirectoryThatAnotherBrokerUsesIsRefused() {
        try (EmbeddedBroker first = EmbeddedBroker.at(0, dataDir).start();
                EmbeddedBroker second = EmbeddedBroker.at(0, dataDir)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(BrokerException.class)
                    .hasMessage("Another broker uses the data directory " + dataDir);
            assertThat(first.bootstrap()).startsWith("127.0.0.1:");
        }
    }

    private static void createLetters(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            NewTopics.create(admin, List.of(new NewTopic("letters", 1, (short) 1)));
        }
    }

    private static long committedOffset(EmbeddedBroker broker) {
        try (KafkaConsumer<String, String> consumer = consumer(broker)) {
            return consumer.committed(Set.of(LETTERS)).get(LETTERS).offset();
        }
    }

    private static List<String> valuesOfLetters(EmbeddedBroker broker, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(broker)) {
            consumer.assign(List.of(LETTERS));
            consumer.seekToBeginning(List.of(LETTERS));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private static KafkaProducer<String, String> transactionalProducer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "writer"),
                new StringSerializer(),
                new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedBroker broker) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "group.id",
                        "readers",
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                new StringDeserializer());
    }
}

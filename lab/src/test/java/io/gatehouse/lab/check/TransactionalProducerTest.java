package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engine.produce.CarryingRecord;
import io.gatehouse.engine.produce.TransactionalProducer;
import io.gatehouse.engine.produce.WireHeaders;
import io.gatehouse.engine.topic.NewTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our producer with a real broker: what readers of committed records see of what it does. */
@Timeout(120)
class TransactionalProducerTest {
    private static final int PARTITIONS = 3;
    private static final short SECOND_VERSION = 2;

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    private Admin admin;
    private String topic;

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrap()));
        topic = test.getTestMethod().orElseThrow().getName()
                + Math.abs(test.getDisplayName().hashCode());
        create(new NewTopic(topic, PARTITIONS, (short) 1));
    }

    private void create(NewTopic newTopic) throws Exception {
        NewTopics.create(admin, List.of(newTopic));
    }

    @AfterEach
    void closeAdmin() {
        admin.close();
    }

    /** Under both versions of Kafka's transactions; the first is that of older brokers. */
    @ParameterizedTest
    @ValueSource(shorts = {1, 2})
    void whatIsCommittedIsReadInOrderAndWhatIsAbortedNever(short version) throws Exception {
        transactionVersion(version);
        try (Producer<byte[], byte[]> producer = producer(Map.of("batch.size", 2_000))) {
            List<String> expected = new ArrayList<>();
            AtomicInteger acknowledged = new AtomicInteger();
            for (int transaction = 0; transaction < 30; transaction++) {
                boolean aborts = transaction % 3 == 2;
                producer.beginTransaction();
                for (int i = 0; i < 200; i++) {
                    String value = transaction + "/" + i + " " + "x".repeat(100);
                    producer.send(
                            new ProducerRecord<>(topic, 1, null, value.getBytes(UTF_8)),
                            (where, why) -> acknowledged.addAndGet(why == null ? 1 : 0));
                    if (!aborts) {
                        expected.add(value);
                    }
                }
                if (aborts) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }

            assertThat(committed(topic, expected.size())).containsExactlyElementsOf(expected);
            assertThat(acknowledged.get()).isGreaterThanOrEqualTo(expected.size());
        } finally {
            transactionVersion(SECOND_VERSION);
        }
    }

    /** As Kafka's own consumer hands records out: where it does otherwise one day, this says so. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "lz4"})
    void headersOfWhatWasReadArePassedOnAsTheyStand(String compression) throws Exception {
        List<Header> headers = List.of(
                new RecordHeader("näme", "any".getBytes(UTF_8)),
                new RecordHeader("", null),
                new RecordHeader("x".repeat(70), new byte[300]),
                new RecordHeader("näme", new byte[0]));
        String to = topic + "-on";
        create(new NewTopic(to, 1, (short) 1));
        try (Producer<byte[], byte[]> producer = producer(Map.of("compression.type", compression))) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, null, null, "first".getBytes(UTF_8), headers));
            producer.send(new ProducerRecord<>(topic, 0, null, null, "second".getBytes(UTF_8), headers));
            producer.send(new ProducerRecord<>(topic, 0, null, null, "bare".getBytes(UTF_8)));
            producer.send(new ProducerRecord<>(topic, 0, null, null, null, headers));
            producer.commitTransaction();

            List<Headers> found = read(topic, new ByteBufferDeserializer(), 4).stream()
                    .<Headers>map(record -> WireHeaders.of(record, "gatehouse.".getBytes(UTF_8)))
                    .toList();
            assertThat(found.subList(2, 4)).containsOnlyNulls();
            producer.beginTransaction();
            found.subList(0, 2).forEach(carried -> producer.send(new CarryingRecord(to, 0, null, null, carried)));
            producer.commitTransaction();
        }
        assertThat(read(to, new ByteBufferDeserializer(), 2))
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.headers()).containsExactlyElementsOf(headers));
    }

    @ParameterizedTest
    @ValueSource(shorts = {1, 2})
    void offsetsAreCommittedWithTheTransactionAndNotWithoutIt(short version) throws Exception {
        transactionVersion(version);
        String group = topic + "-group";
        TopicPartition input = new TopicPartition(topic, 0);
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(Map.of(input, new OffsetAndMetadata(7, "mark")), memberOf(group));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(Map.of(input, new OffsetAndMetadata(9)), memberOf(group));
            producer.abortTransaction();

            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(input);
            assertThat(committed.offset()).isEqualTo(7);
            assertThat(committed.metadata()).isEqualTo("mark");
        } finally {
            transactionVersion(SECOND_VERSION);
        }
    }

    @Test
    void keysGoWhereKafkasProducerWouldSendThem() throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            producer.beginTransaction();
            Map<Integer, Future<RecordMetadata>> sent = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                sent.put(i, producer.send(new ProducerRecord<>(topic, ("key-" + i).getBytes(UTF_8), new byte[0])));
            }
            producer.commitTransaction();

            for (int i = 0; i < 100; i++) {
                int expected = Utils.toPositive(Utils.murmur2(("key-" + i).getBytes(UTF_8))) % PARTITIONS;
                assertThat(sent.get(i).get().partition()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aYoungerProducerOfTheSameNameDrivesTheOlderOneOut() throws Exception {
        try (Producer<byte[], byte[]> older = producer(Map.of());
                Producer<byte[], byte[]> younger = new TransactionalProducer(settings(Map.of()), null)) {
            older.beginTransaction();
            older.send(new ProducerRecord<>(topic, 0, null, "older".getBytes(UTF_8)));
            younger.initTransactions();
            younger.beginTransaction();
            younger.send(new ProducerRecord<>(topic, 0, null, "younger".getBytes(UTF_8)));

            assertThatThrownBy(older::commitTransaction)
                    .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
            assertThatThrownBy(older::abortTransaction).isInstanceOf(KafkaException.class);
            younger.commitTransaction();
            assertThat(committed(topic, 1)).containsExactly("younger");
        }
    }

    /** A transaction that fails for it can be sent again at once: with batches that the topic takes. */
    @Test
    void batchesTooLargeForATopicBecomeSmallerOnes() throws Exception {
        String narrow = topic + "-narrow";
        create(new NewTopic(narrow, 1, (short) 1).configs(Map.of("max.message.bytes", "3000")));
        try (Producer<byte[], byte[]> producer = producer(Map.of("compression.type", "none"))) {
            int tries = 0;
            boolean isCommitted = false;
            while (!isCommitted) {
                assertThat(++tries).isLessThan(10);
                producer.beginTransaction();
                try {
                    for (int i = 0; i < 20; i++) {
                        producer.send(new ProducerRecord<>(narrow, new byte[500]));
                    }
                    producer.commitTransaction();
                    isCommitted = true;
                } catch (RecordTooLargeException e) {
                    producer.abortTransaction();
                }
            }
            assertThat(tries).isGreaterThan(1);
            assertThat(committed(narrow, 20)).hasSize(20);
        }
    }

    @Test
    void aRecordThatTheTopicDoesNotTakeFailsTheTransactionAndIsTold() {
        try (Producer<byte[], byte[]> producer =
                producer(Map.of("compression.type", "none", "max.request.size", 16 << 20))) {
            AtomicReference<Exception> told = new AtomicReference<>();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, new byte[2 << 20]), (where, why) -> told.set(why));

            assertThatThrownBy(producer::commitTransaction).isInstanceOf(RecordTooLargeException.class);
            assertThat(told.get()).isInstanceOf(RecordTooLargeException.class);
            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(), memberOf("any")))
                    .isInstanceOf(IllegalStateException.class);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "small".getBytes(UTF_8)));
            producer.commitTransaction();
            assertThat(committed(topic, 1)).containsExactly("small");
        }
    }

    @Test
    void oneTopicIsNotCompressed() throws Exception {
        String plain = topic + "-plain";
        create(new NewTopic(plain, 1, (short) 1));
        byte[] zeros = new byte[200_000];
        try (Producer<byte[], byte[]> producer = new TransactionalProducer(settings(Map.of()), plain)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(plain, zeros));
            producer.send(new ProducerRecord<>(topic, zeros));
            producer.commitTransaction();

            assertThat(read(plain, new ByteArrayDeserializer(), 1).get(0).value())
                    .isEqualTo(zeros);
            assertThat(storedBytes(plain)).isGreaterThan(zeros.length);
            assertThat(storedBytes(topic)).isBetween(1L, zeros.length / 10L);
        }
    }

    private long storedBytes(String topic) throws Exception {
        return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    @Test
    void aTopicThatIsNotThereIsWaitedForUntilTheTimeIsUp() {
        try (Producer<byte[], byte[]> producer = producer(Map.of("max.block.ms", 1_000))) {
            producer.beginTransaction();

            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic + "-nowhere", new byte[1])))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining(topic + "-nowhere");
        }
    }

    @Test
    void aBrokerThatIsNotThereIsWaitedForUntilTheTimeIsUp() {
        Map<String, Object> settings = settings(Map.of("max.block.ms", 500));
        settings.put("bootstrap.servers", "127.0.0.1:1");
        try (Producer<byte[], byte[]> producer = new TransactionalProducer(settings, null)) {
            assertThatThrownBy(producer::initTransactions).isInstanceOf(TimeoutException.class);
        }
    }

    /** Readers need not wait for the coordinator to find out. */
    @Test
    void closingAbortsWhatIsOpen() throws Exception {
        Producer<byte[], byte[]> producer = producer(Map.of("batch.size", 1));
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, null, "open".getBytes(UTF_8)))
                .get();
        producer.close(Duration.ofSeconds(10));

        assertThat(committed(topic, 0)).isEmpty();
        assertThat(admin.listTransactions().all().get())
                .filteredOn(listing -> listing.transactionalId().equals(topic))
                .allSatisfy(listing -> assertThat(listing.state().toString()).isEqualTo("CompleteAbort"));
    }

    /** However small the room: producing waits for what is under way, and all arrives. */
    @Test
    void whatIsUnderWayIsBounded() {
        try (Producer<byte[], byte[]> producer =
                producer(Map.of("batch.size", 10_000, "buffer.memory", 20_000L, "compression.type", "none"))) {
            producer.beginTransaction();
            IntStream.range(0, 5_000)
                    .forEach(i -> producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[200])));
            producer.commitTransaction();
            assertThat(committed(topic, 5_000)).hasSize(5_000);
        }
    }

    private Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Producer<byte[], byte[]> producer = new TransactionalProducer(settings(more), null);
        producer.initTransactions();
        return producer;
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(
                Map.of("bootstrap.servers", BROKER.bootstrap(), "transactional.id", topic, "compression.type", "lz4"));
        settings.putAll(more);
        return settings;
    }

    private void transactionVersion(short version) throws Exception {
        FeatureUpdate.UpgradeType type =
                version < SECOND_VERSION ? FeatureUpdate.UpgradeType.SAFE_DOWNGRADE : FeatureUpdate.UpgradeType.UPGRADE;
        admin.updateFeatures(Map.of("transaction.version", new FeatureUpdate(version, type)))
                .all()
                .get();
    }

    /** Somebody who commits to a group without being a member of it. */
    private static ConsumerGroupMetadata memberOf(String group) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER.bootstrap(), "group.id", group),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /** The values of a topic's committed records, partition after partition, up to its end. */
    private static List<String> committed(String topic, int least) {
        return read(topic, new ByteArrayDeserializer(), least).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /** @param least how many there are to be: a commit is answered before the marks that let readers see it are written */
    private static <V> List<ConsumerRecord<byte[], V>> read(
            String topic, Deserializer<V> valueDeserializer, int least) {
        try (KafkaConsumer<byte[], V> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                valueDeserializer)) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            List<ConsumerRecord<byte[], V>> records = new ArrayList<>();
            while (records.size() < least
                    || !ends.entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue())) {
                reader.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}

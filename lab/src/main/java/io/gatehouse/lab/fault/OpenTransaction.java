package io.gatehouse.lab.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another program's transaction, with one record in a partition, that does not end until it is closed. */
final class OpenTransaction implements AutoCloseable {
    /** As long as brokers allow unless they are told otherwise ({@code transaction.max.timeout.ms}). */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final byte[] NOBODY_READS_IT = "never committed".getBytes(StandardCharsets.US_ASCII);

    private final Producer<byte[], byte[]> producer;

    private final TopicPartition partition;

    private OpenTransaction(Producer<byte[], byte[]> producer, TopicPartition partition) {
        this.producer = producer;
        this.partition = partition;
    }

    /** Returns when its record is in the partition. */
    static OpenTransaction in(TopicPartition partition, FaultyKafka kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.settings());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "fault-" + UUID.randomUUID());
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST.toMillis());
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            kafka.get(() -> {
                producer.initTransactions();
                producer.beginTransaction();
                return producer.send(
                        new ProducerRecord<>(partition.topic(), partition.partition(), null, NOBODY_READS_IT));
            });
            return new OpenTransaction(producer, partition);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    @Override
    public String toString() {
        return "A transaction is open in " + partition + ".";
    }

    /** Aborts it. */
    @Override
    public void close() {
        try (producer) {
            producer.abortTransaction();
        }
    }
}

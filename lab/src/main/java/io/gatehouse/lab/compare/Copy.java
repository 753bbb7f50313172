package io.gatehouse.lab.compare;

import io.gatehouse.engine.cluster.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Consumes and produces, exactly once, and does nothing else: the limit of what any program comes to that does something.
 * One thread with Kafka's own clients, Gatehouse's settings and its intervals. It begins at the beginning, and cannot go on after a failure.
 */
final class Copy implements Runnable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaClients clients;
    private final Function<String, Producer<byte[], byte[]>> producers;
    private final String id;
    private final String from;
    private final String to;
    private final Function<ByteBuffer, byte[]> value;
    private final IntFunction<List<ProducerRecord<byte[], byte[]>>> beside;
    private final long commitIntervalNs;
    private final int maxEvents;
    private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
    private int events;
    private long openedNs;
    private volatile boolean stopping;

    /**
     * @param producers makes one for a transactional id
     * @param id of the transactions, and of the clients
     * @param value what to send in a value's place
     * @param beside what to send beside so many, with each commit
     * @param maxEvents after which it commits before the interval is over
     */
    Copy(
            KafkaClients clients,
            Function<String, Producer<byte[], byte[]>> producers,
            String id,
            String from,
            String to,
            Function<ByteBuffer, byte[]> value,
            IntFunction<List<ProducerRecord<byte[], byte[]>>> beside,
            Duration commitInterval,
            int maxEvents) {
        this.clients = clients;
        this.producers = producers;
        this.id = id;
        this.from = from;
        this.to = to;
        this.value = value;
        this.beside = beside;
        this.commitIntervalNs = commitInterval.toNanos();
        this.maxEvents = maxEvents;
    }

    /** Ends the run after its next commit. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try (Consumer<byte[], ByteBuffer> consumer = clients.inputConsumer(id);
                Producer<byte[], byte[]> producer = producers.apply(id)) {
            producer.initTransactions();
            consumer.subscribe(List.of(from), new Moves(consumer, producer));
            while (!stopping) {
                copy(consumer.poll(POLL), producer);
                if (events >= maxEvents || System.nanoTime() - openedNs >= commitIntervalNs) {
                    commit(consumer, producer);
                }
            }
        }
    }

    private void copy(ConsumerRecords<byte[], ByteBuffer> records, Producer<byte[], byte[]> producer) {
        if (events == 0 && !records.isEmpty()) {
            producer.beginTransaction();
            openedNs = System.nanoTime();
        }
        for (ConsumerRecord<byte[], ByteBuffer> record : records) {
            producer.send(
                    new ProducerRecord<>(to, null, null, record.key(), value.apply(record.value()), record.headers()));
        }
        events += records.count();
        read.putAll(records.nextOffsets());
    }

    private void commit(Consumer<byte[], ByteBuffer> consumer, Producer<byte[], byte[]> producer) {
        if (events > 0) {
            beside.apply(events).forEach(producer::send);
            producer.sendOffsetsToTransaction(read, consumer.groupMetadata());
            producer.commitTransaction();
            events = 0;
        }
    }

    /** Partitions move between the threads when they begin. */
    private final class Moves implements ConsumerRebalanceListener {
        private final Consumer<byte[], ByteBuffer> consumer;
        private final Producer<byte[], byte[]> producer;

        private Moves(Consumer<byte[], ByteBuffer> consumer, Producer<byte[], byte[]> producer) {
            this.consumer = consumer;
            this.producer = producer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.committed(Set.copyOf(partitions)).forEach((partition, committed) -> {
                if (committed == null) {
                    consumer.seekToBeginning(List.of(partition));
                }
            });
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit(consumer, producer);
            partitions.forEach(read::remove);
        }
    }
}

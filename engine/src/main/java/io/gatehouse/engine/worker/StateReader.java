package io.gatehouse.engine.worker;

import io.gatehouse.engine.cluster.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads the journals of the partitions that a worker is taking over, a slice at a time. */
final class StateReader {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Takeover> readers = new HashMap<>();

    StateReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void begin(TopicPartition state, long fromOffset, Takeover takeover) {
        readers.put(state, takeover);
        assign();
        consumer.seek(state, fromOffset);
    }

    void end(TopicPartition state) {
        if (readers.remove(state) != null) {
            assign();
        }
    }

    private void assign() {
        consumer.assign(new ArrayList<>(readers.keySet()));
    }

    boolean isIdle() {
        return readers.isEmpty();
    }

    /** The offset up to which a committed reader has come: behind it lies an open transaction, or the end. */
    long position(TopicPartition state) {
        return consumer.position(state);
    }

    /** Reads a slice and hands it to whom it belongs. */
    void slice(Duration wait) {
        ConsumerRecords<byte[], byte[]> records = Polling.poll(consumer, wait);
        for (TopicPartition state : records.partitions()) {
            Takeover takeover = readers.get(state);
            List<ConsumerRecord<byte[], byte[]>> blocks = records.records(state);
            takeover.take(blocks);
        }
    }

    void close(Duration timeout) {
        consumer.close(CloseOptions.timeout(timeout));
    }
}

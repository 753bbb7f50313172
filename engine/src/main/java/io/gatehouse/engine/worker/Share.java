package io.gatehouse.engine.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What the open transaction carries for one input partition, kept until it is known to be committed. */
final class Share {
    /** An offset that is not known. */
    static final long UNKNOWN = -1;

    private final WorkedPartition partition;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<String, Receipts> receipts = new HashMap<>();
    private int taken;
    private ProducerRecord<byte[], byte[]> firstBlock;
    private Future<RecordMetadata> firstBlockAnswer;

    Share(WorkedPartition partition) {
        this.partition = partition;
    }

    WorkedPartition partition() {
        return partition;
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        return records;
    }

    void keep(ProducerRecord<byte[], byte[]> record) {
        records.add(record);
    }

    /** Counts records taken from the partition that something must come of. */
    void take(int some) {
        taken += some;
    }

    int taken() {
        return taken;
    }

    /** Where the present attempt counts what is acknowledged of a topic. */
    Receipts receiptsOf(String topic, Function<String, Receipts> begun) {
        return receipts.computeIfAbsent(topic, begun);
    }

    /** What Kafka has acknowledged of a topic in the present attempt. */
    Receipts receiptsOf(String topic) {
        return receipts.getOrDefault(topic, Receipts.NONE);
    }

    /** Nothing of an attempt that failed is there, whatever was acknowledged of it. */
    void beginAttempt() {
        receipts.clear();
    }

    /** Says which record is the commit's first journal block: a round of the sweep must know where it came to lie. */
    void markFirstBlock(ProducerRecord<byte[], byte[]> block) {
        firstBlock = block;
    }

    void sent(ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> answer) {
        if (record == firstBlock) {
            firstBlockAnswer = answer;
        }
    }

    /**
     * Where the commit's first journal block lies, or {@link #UNKNOWN} where its own answer was lost and only the
     * committed offset told that it is there.
     */
    long firstBlockOffset() {
        if (firstBlockAnswer == null || !firstBlockAnswer.isDone()) {
            return UNKNOWN;
        }
        try {
            return firstBlockAnswer.get().offset();
        } catch (ExecutionException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            throw new IllegalStateException("an answer that is there cannot be waited for", e);
        }
    }
}

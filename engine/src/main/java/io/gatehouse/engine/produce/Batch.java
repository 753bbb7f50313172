package io.gatehouse.engine.produce;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Records of one partition that travel, are compressed and are acknowledged together. It is filled by the worker, then
 * sealed, and from then on sent until it is acknowledged or given up.
 */
final class Batch {
    /** Not yet given one. */
    private static final int NO_SEQUENCE = RecordBatch.NO_SEQUENCE;

    private final TopicPartition partition;
    private final Compression compression;
    private final ByteBufferOutputStream bytes;
    private final OutputStream compressed;
    private final List<Told> told = new ArrayList<>();
    /** The last word: the offset of the first record, or why it was given up. */
    private final CompletableFuture<Long> end = new CompletableFuture<>();

    private int records;
    private long rawBytes;
    private long firstTimestampMs;
    private long lastTimestampMs = RecordBatch.NO_TIMESTAMP;
    private int sequence = NO_SEQUENCE;
    private long sealedMs;
    private MemoryRecords sealed;

    /** So many records one after another whose fate the same callback is told. */
    private static final class Told {
        private final Callback callback;
        private int records;

        private Told(Callback callback) {
            this.callback = callback;
        }

        private void tell(RecordMetadata where, RuntimeException why) {
            if (callback != null) {
                callback.onCompletion(where, why);
            }
        }
    }

    /** @param buffer to begin with; replaced by a larger one when it does not do */
    Batch(TopicPartition partition, Compression compression, ByteBuffer buffer) {
        this.partition = partition;
        this.compression = compression;
        this.bytes = new ByteBufferOutputStream(buffer);
        bytes.position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        this.compressed = compression.wrapForOutput(bytes, RecordBatch.CURRENT_MAGIC_VALUE);
    }

    TopicPartition partition() {
        return partition;
    }

    /** Since when it could have been sent, by the clock that nobody sets. */
    long sealedMs() {
        return sealedMs;
    }

    int records() {
        return records;
    }

    /** What its records come to before they are compressed. */
    long rawBytes() {
        return rawBytes;
    }

    /**
     * Adds a record.
     *
     * @param callback told of its fate, by another thread; may be null
     * @return where its answer will be found
     */
    ProduceAnswer append(
            RecordWriter writer, ProducerRecord<byte[], byte[]> record, long timestampMs, Callback callback) {
        if (records == 0) {
            firstTimestampMs = timestampMs;
        }
        writer.write(timestampMs - firstTimestampMs, records, record.key(), record.value(), record.headers());
        try {
            compressed.write(writer.bytes(), writer.from(), writer.lengthBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not refuse to be written to", e);
        }
        lastTimestampMs = Math.max(lastTimestampMs, timestampMs);
        rawBytes += writer.lengthBytes();
        tell(callback);
        return new ProduceAnswer(this, records++);
    }

    private void tell(Callback callback) {
        Told last = told.isEmpty() ? null : told.get(told.size() - 1);
        if (last == null || last.callback != callback) {
            last = new Told(callback);
            told.add(last);
        }
        last.records++;
    }

    /**
     * Ends the filling.
     *
     * @param nowMs by {@code Time.hiResClockMs}
     */
    void seal(long nowMs) {
        sealedMs = nowMs;
        try {
            compressed.close();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not refuse to be written to", e);
        }
        ByteBuffer whole = bytes.buffer();
        whole.flip();
        sealed = MemoryRecords.readableRecords(whole);
    }

    /** After it was sealed: as it is sent. */
    int sizeBytes() {
        return sealed.sizeInBytes();
    }

    boolean hasSequence() {
        return sequence != NO_SEQUENCE;
    }

    /** The number of its first record among those that the producer sent to the partition. */
    int sequence() {
        return sequence;
    }

    /** Says whose it is and which number its first record has; from now on it may be sent, and sent again as it is. */
    void number(ProducerIdentity producer, int firstSequence) {
        sequence = firstSequence;
        ByteBuffer whole = sealed.buffer();
        DefaultRecordBatch.writeHeader(
                whole,
                0,
                records - 1,
                whole.limit(),
                RecordBatch.CURRENT_MAGIC_VALUE,
                compression.type(),
                TimestampType.CREATE_TIME,
                firstTimestampMs,
                lastTimestampMs,
                producer.id(),
                producer.epoch(),
                firstSequence,
                true,
                false,
                false,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                records);
    }

    /** What is sent. */
    MemoryRecords content() {
        return sealed;
    }

    /** The buffer, for another batch; not to be asked for before the last word is in on this one. */
    ByteBuffer buffer() {
        return bytes.buffer();
    }

    /** All is acknowledged. Tells the callbacks; what comes after the last word is not heard. */
    void acknowledge(long baseOffset) {
        if (end.complete(baseOffset)) {
            int first = 0;
            for (Told some : told) {
                for (int i = 0; i < some.records; i++) {
                    some.tell(metadata(baseOffset, first + i), null);
                }
                first += some.records;
            }
        }
    }

    /** Nothing of it is known to be there. Tells the callbacks; what comes after the last word is not heard. */
    void giveUp(RuntimeException why) {
        if (end.completeExceptionally(why)) {
            for (Told some : told) {
                for (int i = 0; i < some.records; i++) {
                    some.tell(null, why);
                }
            }
        }
    }

    /** The last word: the offset of the first record, {@code -1} where that is not known; or why it was given up. */
    Future<Long> end() {
        return end;
    }

    /** What is known of a record of it. */
    RecordMetadata metadata(long baseOffset, int record) {
        return new RecordMetadata(partition, baseOffset, record, lastTimestampMs, 0, 0);
    }
}

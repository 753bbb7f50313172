package io.gatehouse.core;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.login.Verdict;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Some consecutive records of one partition, and after {@link PartitionJudge#judge} their verdicts. Reused: everything
 * it hands out but the output arrays is valid until {@link #clear}.
 */
public final class Batch {
    /** Enough to overlap the memory waits of its logins, few enough to stay in a core's cache. */
    public static final int CAPACITY = 256;

    /** Of a record that lies in the judge's own partition. */
    public static final int OWN_PARTITION = -1;

    final byte[][] keys = new byte[CAPACITY][];
    final int[] partitions = new int[CAPACITY];
    final long[] offsets = new long[CAPACITY];
    final long[] timestampsMs = new long[CAPACITY];
    final Reason[] told = new Reason[CAPACITY];
    final int[] places = new int[CAPACITY];
    final Login[] logins = new Login[CAPACITY];
    final Verdict[] verdicts = new Verdict[CAPACITY];
    byte[][] outputs = new byte[CAPACITY][];
    byte[][] outputKeys = new byte[CAPACITY][];
    private int size;

    public Batch() {
        Arrays.setAll(logins, i -> new Login());
        Arrays.setAll(verdicts, i -> new Verdict());
    }

    public void clear() {
        // The arrays must not keep records and outputs from being collected. Those of the outputs are made anew and not
        // emptied: under G1, storing a reference in an array that has grown old is a fence, which here would wait each
        // time for the whole output to be in memory.
        Arrays.fill(keys, 0, size, null);
        Arrays.fill(told, 0, size, null);
        outputs = new byte[CAPACITY][];
        outputKeys = new byte[CAPACITY][];
        for (int i = 0; i < size; i++) {
            logins[i].take(null);
        }
        size = 0;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == CAPACITY;
    }

    /**
     * Adds a record of the judge's own partition; the batch must not be full.
     *
     * @param key the record's key, may be null
     * @param value the record's value, may be null
     * @param offset the record's offset in its partition
     * @param timestampMs the record's Kafka timestamp; negative when it has none
     */
    public void add(byte[] key, byte[] value, long offset, long timestampMs) {
        next(key, OWN_PARTITION, offset, timestampMs).take(value);
    }

    /**
     * Adds a record that came from a partition of the source which need not be the judge's own.
     *
     * @param value in a buffer with an array, which is not copied; may be null
     * @param partition where the record lay at first, as {@code offset} and {@code timestampMs} say too, or {@link
     *     #OWN_PARTITION}
     */
    public void add(byte[] key, ByteBuffer value, int partition, long offset, long timestampMs) {
        next(key, partition, offset, timestampMs).takeFrom(value);
    }

    /**
     * Adds word of a record that was refused before it came here: it is counted, and nothing else.
     *
     * @param timestampMs the refused record's own Kafka timestamp
     */
    public void addRefused(Reason reason, int partition, long offset, long timestampMs) {
        next(null, partition, offset, timestampMs).take(null);
        told[size - 1] = reason;
    }

    private Login next(byte[] key, int partition, long offset, long timestampMs) {
        if (isFull()) {
            throw new IllegalStateException("the batch is full");
        }
        keys[size] = key;
        partitions[size] = partition;
        offsets[size] = offset;
        timestampsMs[size] = timestampMs;
        return logins[size++];
    }

    /** Whether the record was refused before it came here. */
    public boolean isToldRefused(int index) {
        return told[index] != null;
    }

    public boolean isAccepted(int index) {
        return reason(index) == null;
    }

    /** The record's own Kafka timestamp, epoch milliseconds, wherever it lay at first; negative when it has none. */
    public long timestampMs(int index) {
        return timestampsMs[index];
    }

    /** The processed event, an array of its own, exactly sized; null for a refused event. */
    public byte[] output(int index) {
        return outputs[index];
    }

    /** The {@code user_id} as UTF-8: the record's own key array where that is equal; null for a refused event. */
    public byte[] outputKey(int index) {
        return outputKeys[index];
    }

    /** Why the event was refused; null for an accepted event. */
    public Reason reason(int index) {
        return logins[index].reason();
    }

    /** The field at fault; null for a fault of the whole and for an accepted event. */
    public Field field(int index) {
        return logins[index].field();
    }
}

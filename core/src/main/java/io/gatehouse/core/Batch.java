package io.gatehouse.core;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;

/**
 * Some consecutive records of one partition, and after {@link PartitionJudge#judge} their verdicts. Reused: everything
 * it hands out but the output arrays is valid until {@link #clear}.
 */
public final class Batch {
    /** Enough to overlap the memory waits of its logins, few enough to stay in a core's cache. */
    public static final int CAPACITY = 256;

    public void clear() {
        throw new UnsupportedOperationException("written next");
    }

    public int size() {
        throw new UnsupportedOperationException("written next");
    }

    public boolean isFull() {
        throw new UnsupportedOperationException("written next");
    }

    /**
     * Adds a record; the batch must not be full.
     *
     * @param key the record's key, may be null
     * @param value the record's value, may be null
     * @param offset the record's offset in its partition
     * @param timestampMs the record's Kafka timestamp; negative when it has none
     */
    public void add(byte[] key, byte[] value, long offset, long timestampMs) {
        throw new UnsupportedOperationException("written next");
    }

    public boolean isAccepted(int index) {
        throw new UnsupportedOperationException("written next");
    }

    /** The processed event, an array of its own, exactly sized; null for a refused event. */
    public byte[] output(int index) {
        throw new UnsupportedOperationException("written next");
    }

    /** The {@code user_id} as UTF-8: the record's own key array where that is equal; null for a refused event. */
    public byte[] outputKey(int index) {
        throw new UnsupportedOperationException("written next");
    }

    /** Why the event was refused; null for an accepted event. */
    public Reason reason(int index) {
        throw new UnsupportedOperationException("written next");
    }

    /** The field at fault; null for a fault of the whole and for an accepted event. */
    public Field field(int index) {
        throw new UnsupportedOperationException("written next");
    }
}

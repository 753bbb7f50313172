package io.gatehouse.engine.worker;

import java.util.Arrays;

/**
 * The timestamps of the records that wait in the open transaction, in arrays that are used again and again. At full speed
 * many records in a row have the same, and are counted together.
 */
final class Timestamps {
    private static final double MS_PER_SECOND = 1000;

    private long[] ms = new long[64];
    private int[] records = new int[64];
    private int size;

    /** @param timestampMs epoch milliseconds; negative for none, which has no age */
    void add(long timestampMs) {
        if (timestampMs < 0) {
            return;
        }
        if (size > 0 && ms[size - 1] == timestampMs) {
            records[size - 1]++;
            return;
        }
        if (size == ms.length) {
            ms = Arrays.copyOf(ms, 2 * size);
            records = Arrays.copyOf(records, 2 * size);
        }
        ms[size] = timestampMs;
        records[size++] = 1;
    }

    /** The records are committed: counts their ages, and is empty again. */
    void committed(long nowMs, Durations ages) {
        for (int i = 0; i < size; i++) {
            ages.add((nowMs - ms[i]) / MS_PER_SECOND, records[i]);
        }
        size = 0;
    }
}

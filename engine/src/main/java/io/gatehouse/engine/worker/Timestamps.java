package io.gatehouse.engine.worker;

import java.util.Arrays;

/** The timestamps of the records that wait in the open transaction, in an array that is used again and again. */
final class Timestamps {
    private static final double MS_PER_SECOND = 1000;

    private long[] ms = new long[64];
    private int size;

    /** @param timestampMs epoch milliseconds; negative for none, which has no age */
    void add(long timestampMs) {
        if (timestampMs >= 0) {
            if (size == ms.length) {
                ms = Arrays.copyOf(ms, 2 * size);
            }
            ms[size++] = timestampMs;
        }
    }

    /** The records are committed: counts their ages, and is empty again. */
    void committed(long nowMs, Durations ages) {
        for (int i = 0; i < size; i++) {
            ages.add((nowMs - ms[i]) / MS_PER_SECOND);
        }
        size = 0;
    }
}

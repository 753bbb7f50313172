package io.gatehouse.engine.worker;

import io.gatehouse.engine.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations by size. One thread counts, any may take a {@link #snapshot}: no locks, no allocation, and each number
 * whole, though those of one snapshot may be a few durations apart.
 */
final class Durations {
    private final double[] bounds;
    private final AtomicLongArray counts;
    private final AtomicLong sumBits = new AtomicLong();

    /** @param bounds in seconds, ascending; few, for they are looked through from the first on */
    Durations(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new AtomicLongArray(bounds.length + 1);
    }

    /** @param seconds a negative duration counts as none: two clocks need not agree */
    void add(double seconds) {
        add(seconds, 1);
    }

    /** Counts several that were equally long. */
    void add(double seconds, int many) {
        int bucket = 0;
        while (bucket < bounds.length && seconds > bounds[bucket]) {
            bucket++;
        }
        counts.setOpaque(bucket, counts.getPlain(bucket) + many);
        double sum = Double.longBitsToDouble(sumBits.getPlain()) + many * Math.max(0, seconds);
        sumBits.setOpaque(Double.doubleToRawLongBits(sum));
    }

    Histogram snapshot() {
        List<Double> upTo = new ArrayList<>();
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < counts.length(); i++) {
            upTo.add(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY);
            found.add(counts.getOpaque(i));
        }
        return new Histogram(upTo, found, Double.longBitsToDouble(sumBits.getOpaque()));
    }
}

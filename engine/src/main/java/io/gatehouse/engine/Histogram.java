package io.gatehouse.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Durations counted by size.
 *
 * @param bounds upper bounds of the buckets, which belong to them, in seconds, ascending; the last is infinite
 * @param counts as many as bounds: durations in each bucket alone
 * @param sum of all durations, in seconds
 */
public record Histogram(List<Double> bounds, List<Long> counts, double sum) {
    /** Nothing was ever counted. */
    public static final Histogram NONE = new Histogram(List.of(), List.of(), 0);

    /** How many durations there are. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Both together; they have the same bounds, unless one is {@link #NONE}. */
    public Histogram plus(Histogram other) {
        if (bounds.isEmpty() || other.bounds.isEmpty()) {
            return bounds.isEmpty() ? other : this;
        }
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            sums.add(counts.get(i) + other.counts.get(i));
        }
        return new Histogram(bounds, sums, sum + other.sum);
    }
}

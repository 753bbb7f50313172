package io.gatehouse.lab.chaos;

import java.time.Duration;
import java.util.List;

/** How durations are spread: nearest-rank percentiles, in seconds. */
record Spread(int count, double p50, double p99, double max) {
    /** @param durations at least one */
    static Spread of(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return new Spread(
                sorted.size(), seconds(rank(sorted, 0.50)), seconds(rank(sorted, 0.99)), seconds(rank(sorted, 1)));
    }

    private static Duration rank(List<Duration> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static double seconds(Duration duration) {
        return Math.round(duration.toMillis() / 100.0) / 10.0;
    }
}

package io.gatehouse.lab.compare;

import java.time.Duration;

/**
 * How long a round takes.
 *
 * @param warmUp from the first committed result until counting begins: compilers take up to half of two CPUs for some
 *     fifteen seconds, the more code the longer, and a tenth for ten more
 * @param counted what is counted
 * @param passedOver events that must be committed before the warm-up begins
 */
record Timing(Duration warmUp, Duration counted, long passedOver) {
    static final Timing FULL = seconds(25, 8);
    static final Timing TRIAL = seconds(8, 4);
    static final Timing QUICK = seconds(6, 4);

    static Timing seconds(int warmUp, int counted) {
        return new Timing(Duration.ofSeconds(warmUp), Duration.ofSeconds(counted), 0);
    }

    /** The same with no longer a warm-up than this. */
    Timing within(Duration longestWarmUp) {
        return warmUp.compareTo(longestWarmUp) > 0 ? new Timing(longestWarmUp, counted, passedOver) : this;
    }

    /** The same after so many events. */
    Timing after(long events) {
        return new Timing(warmUp, counted, events);
    }
}

package io.gatehouse.lab.compare;

import java.time.Duration;

/**
 * How long a round takes.
 *
 * @param warmUp from the first committed result until counting begins: compilers take up to half of two CPUs for some
 *     fifteen seconds, the more code the longer
 * @param counted what is counted
 * @param passedOver events that must be committed before the warm-up begins
 */
record Timing(Duration warmUp, Duration counted, long passedOver) {
    static final Timing FULL = seconds(15, 10);
    static final Timing TRIAL = seconds(10, 5);
    static final Timing QUICK = seconds(6, 4);

    static Timing seconds(int warmUp, int counted) {
        return new Timing(Duration.ofSeconds(warmUp), Duration.ofSeconds(counted), 0);
    }

    /** The same after so many events. */
    Timing after(long events) {
        return new Timing(warmUp, counted, events);
    }
}

package io.gatehouse.app.view;

/** How many events a second were counted lately, by the time at which that was published. */
final class LiveRate {
    /** Long beside the interval at which open windows are published, so that the rate does not jump with it. */
    static final int SECONDS = 60;

    private final long[] counts = new long[SECONDS];
    /** Which second since 1970 each count is of. */
    private final long[] seconds = new long[SECONDS];

    /** @param timestampMs of the record that says so; clocks of other machines may be ahead */
    void add(long timestampMs, long events, long nowMs) {
        long second = Math.min(timestampMs, nowMs) / 1000;
        if (second <= nowMs / 1000 - SECONDS) {
            return;
        }
        int slot = Math.floorMod(second, SECONDS);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        counts[slot] += events;
    }

    double perSecond(long nowMs) {
        long sum = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            sum += seconds[slot] > nowMs / 1000 - SECONDS ? counts[slot] : 0;
        }
        return (double) sum / SECONDS;
    }
}

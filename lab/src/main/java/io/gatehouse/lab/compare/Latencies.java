package io.gatehouse.lab.compare;

/**
 * How long results took.
 *
 * @param sortedMicros microseconds, ascending, at least one
 */
record Latencies(long[] sortedMicros) {
    /** Nearest rank, milliseconds. */
    double percentileMs(double share) {
        return sortedMicros[(int) Math.max(0, Math.ceil(share * sortedMicros.length) - 1)] / 1e3;
    }
}

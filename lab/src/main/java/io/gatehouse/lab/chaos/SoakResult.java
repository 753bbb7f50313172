package io.gatehouse.lab.chaos;

import io.gatehouse.lab.check.PipelineCheck;
import java.time.Duration;
import java.util.List;

/**
 * What came of a soak.
 *
 * @param measurements in order
 * @param rebalances how often another worker came, and how often it went
 * @param warmUp what was measured before does not count
 */
record SoakResult(List<Measurement> measurements, int rebalances, Duration warmUp, PipelineCheck.Report report) {
    /** What a full collection may leave more of at the end than after the warm-up. */
    static final double MOST_GROWTH = 0.05;

    /** So many measurements make a figure of each end: their median. */
    private static final int OF_EACH_END = 5;

    /**
     * The live heap of the worker that is there all the while, when it has all partitions.
     *
     * @param after since the beginning
     */
    record Measurement(Duration after, long bytes) {}

    /** How much the live heap has grown: 0.02 for two in a hundred; NaN where too little was measured. */
    double growth() {
        List<Long> counted = measurements.stream()
                .filter(measurement -> measurement.after.compareTo(warmUp) >= 0)
                .map(Measurement::bytes)
                .toList();
        if (counted.size() < 2 * OF_EACH_END) {
            return Double.NaN;
        }
        double first = median(counted.subList(0, OF_EACH_END));
        double last = median(counted.subList(counted.size() - OF_EACH_END, counted.size()));
        return last / first - 1;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    boolean isContent() {
        return report.isContent() && growth() < MOST_GROWTH;
    }
}

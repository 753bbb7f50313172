package io.gatehouse.lab.compare;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What all rounds of a contestant came to.
 *
 * @param contestant with the knobs that it was run with
 * @param trials what its variants came to, in events a second, by what they change; empty when none were tried
 * @param results one a round
 */
record Standing(Contestant contestant, Map<String, Double> trials, List<Result> results) {
    /** Of any figure. */
    record Spread(double median, double least, double most) {
        /** Of one or more measurements. */
        static Spread of(DoubleStream measured) {
            double[] sorted = measured.sorted().toArray();
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    Spread eventsPerSecond() {
        return spread(Result::eventsPerSecond);
    }

    Spread contestantMicros() {
        return spread(Result::contestantMicros);
    }

    Spread brokerMicros() {
        return spread(Result::brokerMicros);
    }

    Spread peakMegabytes() {
        return spread(Result::peakMegabytes);
    }

    /** How its results differ from the reference's; null when they do not. A contestant that is wrong is out. */
    String difference() {
        return results.stream()
                .map(Result::difference)
                .filter(difference -> difference != null)
                .findFirst()
                .orElse(null);
    }

    private Spread spread(ToDoubleFunction<Result> figure) {
        return Spread.of(results.stream().mapToDouble(figure));
    }
}

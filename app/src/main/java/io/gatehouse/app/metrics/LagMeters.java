package io.gatehouse.app.metrics;

import io.gatehouse.engine.lag.LagStatus;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StableEnd;
import io.gatehouse.engine.lag.Verdict;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;

/** What lag means, and whether readers of results are held up. */
final class LagMeters {
    /** What is not known has none. */
    private static final List<Verdict> VERDICTS = Arrays.stream(Verdict.values())
            .filter(verdict -> verdict != Verdict.UNKNOWN)
            .toList();

    private LagMeters() {}

    private record Judged(PartitionLag lag, Verdict verdict) {}

    static void add(LagStatus now, Figures page) {
        verdicts(
                "gatehouse_lag_verdict", "1 for the verdict that holds; 0 for all without a trend", now.judged(), page);
        verdicts(
                "gatehouse_routing_lag_verdict",
                "The same of the input's partitions, where it is re-keyed",
                now.routed(),
                page);
        page.gauges(
                "gatehouse_time_to_drain_seconds",
                "Until nothing waits, at the present trend; 0 when nothing does, NaN when never or not known",
                now.judged(),
                lag -> label(lag.partition()),
                lag -> Double.isInfinite(lag.secondsToDrain()) ? Double.NaN : lag.secondsToDrain());
        page.gauges(
                "gatehouse_last_stable_offset_stuck_seconds",
                "How long an open transaction has held back readers of committed results; 0 when none does",
                now.processed(),
                end -> label(end.partition()),
                LagMeters::seconds);
    }

    private static void verdicts(String name, String help, List<PartitionLag> lags, Figures page) {
        page.gauges(
                name,
                help,
                lags.stream()
                        .flatMap(lag -> VERDICTS.stream().map(verdict -> new Judged(lag, verdict)))
                        .toList(),
                judged -> Labels.of(
                        "partition",
                        Integer.toString(judged.lag().partition()),
                        "verdict",
                        judged.verdict().label()),
                judged -> judged.lag().verdict() == judged.verdict() ? 1 : 0);
    }

    private static Labels label(int partition) {
        return Labels.of("partition", Integer.toString(partition));
    }

    private static double seconds(StableEnd end) {
        return end.stuckFor().toMillis() / 1000.0;
    }
}

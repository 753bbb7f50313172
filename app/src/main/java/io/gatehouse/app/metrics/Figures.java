package io.gatehouse.app.metrics;

import io.gatehouse.engine.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one page. Names are as they are exported, in snake case, with their unit, and {@code _total} where they
 * only grow. A figure that is not known is {@link Double#NaN}.
 */
public final class Figures {
    private final MetricSnapshots.Builder families = MetricSnapshots.builder();

    Figures() {}

    /** A figure that only grows while the process lives. */
    public void counter(String name, String help, double value) {
        counters(name, help, List.of(value), each -> Labels.EMPTY, each -> each);
    }

    /** A figure that comes and goes. */
    public void gauge(String name, String help, double value) {
        gauges(name, help, List.of(value), each -> Labels.EMPTY, each -> each);
    }

    /**
     * A growing figure of each of several things.
     *
     * @param of none of them leaves the name out of the page
     * @param labels of a closed set, or numbers; never text of an event
     */
    public <T> void counters(
            String name,
            String help,
            Collection<T> of,
            Function<? super T, Labels> labels,
            ToDoubleFunction<? super T> value) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        of.forEach(each -> family.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels.apply(each))
                .value(value.applyAsDouble(each))
                .build()));
        families.metricSnapshot(family.build());
    }

    /**
     * A figure that comes and goes of each of several things.
     *
     * @param of none of them leaves the name out of the page
     * @param labels of a closed set, or numbers; never text of an event
     */
    public <T> void gauges(
            String name,
            String help,
            Collection<T> of,
            Function<? super T, Labels> labels,
            ToDoubleFunction<? super T> value) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        of.forEach(each -> family.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels.apply(each))
                .value(value.applyAsDouble(each))
                .build()));
        families.metricSnapshot(family.build());
    }

    /** Durations counted by size, in seconds; one that was never counted leaves the name out of the page. */
    public void histogram(String name, String help, Histogram durations) {
        HistogramSnapshot.Builder family =
                HistogramSnapshot.builder().name(name).help(help);
        if (!durations.bounds().isEmpty()) {
            family.dataPoint(HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(durations.bounds(), durations.counts()))
                    .sum(durations.sum())
                    .build());
        }
        families.metricSnapshot(family.build());
    }

    /** 1 always: what there is to know is the label. */
    public void info(String name, String help, String label, String value) {
        families.metricSnapshot(InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(label, value))
                        .build())
                .build());
    }

    MetricSnapshots all() {
        return families.build();
    }
}

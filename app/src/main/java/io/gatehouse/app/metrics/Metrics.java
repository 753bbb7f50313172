package io.gatehouse.app.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/**
 * The page of metrics: each subject's figures of the moment of asking, and what Micrometer knows of the Java process.
 */
public final class Metrics implements AutoCloseable {
    /** The text format that every Prometheus understands. */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<Meters> subjects;

    public Metrics(List<Meters> subjects) {
        this.subjects = List.copyOf(subjects);
        registry.getPrometheusRegistry().register(this::figures);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /**
     * A page of now.
     *
     * @param accept what the asker takes, as in the header of that name; OpenMetrics where it is named there, and otherwise
     *     Prometheus text; null for nothing said
     */
    public synchronized Exposition page(String accept) {
        String contentType = accept != null && accept.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : TEXT;
        return new Exposition(contentType, registry.scrape(contentType));
    }

    private MetricSnapshots figures() {
        Figures page = new Figures();
        subjects.forEach(subject -> subject.addTo(page));
        return page.all();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}

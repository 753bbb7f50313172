package io.gatehouse.app.metrics;

import io.gatehouse.app.GeoStatus;
import io.gatehouse.app.Version;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The engine's status as meters. Every label is of a closed set (reason, worker state) or a number (partition), never
 * text of an event. All values of a page are of the same moment.
 */
public final class EngineMeters implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<MultiGauge, ToDoubleFunction<PartitionStatus>> ofPartitions = new LinkedHashMap<>();
    private final MultiGauge routingLag;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Supplier<EngineStatus> source;
    private final Supplier<GeoStatus> places;
    private volatile EngineStatus status;
    private volatile GeoStatus geo;

    /**
     * @param source asked with each page
     * @param places asked with each page
     */
    public EngineMeters(Supplier<EngineStatus> source, Supplier<GeoStatus> places) {
        this.source = source;
        routingLag = MultiGauge.builder("gatehouse.routing.lag")
                .description("Records of the input not yet routed, where it is re-keyed; NaN when not known")
                .register(registry);
        this.places = places;
        status = source.get();
        geo = places.get();
        events();
        workers();
        partitions();
        places();
        process();
    }

    /** A page of Prometheus text, of now. */
    public synchronized String page() {
        EngineStatus now = source.get();
        status = now;
        geo = places.get();
        ofPartitions.forEach((gauge, value) -> gauge.register(rows(now.partitions(), value), true));
        routingLag.register(rows(now.routing().partitions(), EngineMeters::lag), true);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void events() {
        tallied("gatehouse.processed", "Events judged and accepted", TallySnapshot::accepted);
        for (Reason reason : Reason.values()) {
            counter("gatehouse.refused", "Events refused, by reason", Tags.of("reason", reason.label()), s -> s.tally()
                    .refused()
                    .getOrDefault(reason.label(), 0L));
        }
        tallied("gatehouse.users.new", "Logins that were their user's first", TallySnapshot::newUsers);
        tallied("gatehouse.sessions.started", "Logins that began a session", TallySnapshot::sessionsStarted);
        tallied("gatehouse.late", "Logins before their user's latest", TallySnapshot::late);
        tallied("gatehouse.duplicates", "Logins seen before", TallySnapshot::duplicates);
        gauge("gatehouse.users", "Users remembered by this process", Tags.empty(), EngineStatus::users);
        counter(
                "gatehouse.users.evicted",
                "Users forgotten because of profile.max-users",
                Tags.empty(),
                EngineStatus::evicted);
        for (String choice : List.of("keyed", "rekey")) {
            gauge(
                    "gatehouse.partitioning",
                    "1 for the group's partitioning; 0 for both until it is known",
                    Tags.of("choice", choice),
                    s -> choice.equals(s.routing().choice()) ? 1 : 0);
        }
        gauge("gatehouse.sessions.active", "Users in a session", Tags.empty(), s -> s.tally()
                .activeSessions());
    }

    private void workers() {
        summed("gatehouse.commits", "Transactions committed", WorkerStatus::commits);
        summed("gatehouse.aborts", "Transactions aborted", WorkerStatus::aborts);
        summed("gatehouse.rebalances", "Changes of the partitions owned", WorkerStatus::rebalances);
        for (WorkerState state : WorkerState.values()) {
            gauge(
                    "gatehouse.workers",
                    "Workers, by state",
                    Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                    s -> s.workers().stream()
                            .filter(worker -> worker.state() == state)
                            .count());
        }
    }

    private void partitions() {
        ofPartition("gatehouse.lag", "Records not yet read; NaN when not known", EngineMeters::lag);
        ofPartition("gatehouse.restore.remaining", "Journal records still to be restored", PartitionStatus::restoring);
        ofPartition("gatehouse.held.back", "1 where something stands in the way", p -> p.trouble() == null ? 0 : 1);
        ofPartition("gatehouse.partition.users", "Users remembered", PartitionStatus::users);
        ofPartition("gatehouse.misplaced", "Records not keyed by their user", PartitionStatus::misplaced);
        ofPartition("gatehouse.journal.bytes", "Bytes written to the journal", PartitionStatus::journalBytes);
    }

    private static double lag(PartitionStatus partition) {
        return partition.lag() < 0 ? Double.NaN : partition.lag();
    }

    private void places() {
        ofPlaces(
                "gatehouse.geo.built.seconds",
                "When the source of the table of places in service was built, epoch seconds; 0 for no table",
                geo -> geo.builtAt().getEpochSecond());
        ofPlaces("gatehouse.geo.places", "Places in the table in service", GeoStatus::places);
        ofPlaces(
                "gatehouse.geo.degraded",
                "1 where what is at geo.database cannot be used, and an older table stays in service",
                geo -> geo.trouble() == null ? 0 : 1);
        countedOfPlaces("gatehouse.geo.swaps", "Tables of places put into service since the start", GeoStatus::swaps);
        countedOfPlaces(
                "gatehouse.geo.swap.failures", "Files at geo.database that could not be used", GeoStatus::failures);
    }

    private void ofPlaces(String name, String description, ToDoubleFunction<GeoStatus> value) {
        Gauge.builder(name, this, meters -> value.applyAsDouble(meters.geo))
                .description(description)
                .register(registry);
    }

    private void countedOfPlaces(String name, String description, ToLongFunction<GeoStatus> value) {
        FunctionCounter.builder(name, this, meters -> value.applyAsLong(meters.geo))
                .description(description)
                .register(registry);
    }

    private void process() {
        Gauge.builder("gatehouse.build.info", () -> 1)
                .description("1, with the version")
                .tags("version", Version.current())
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private void tallied(String name, String description, ToLongFunction<TallySnapshot> value) {
        counter(name, description, Tags.empty(), s -> value.applyAsLong(s.tally()));
    }

    private void summed(String name, String description, ToLongFunction<WorkerStatus> value) {
        counter(name, description, Tags.empty(), s -> s.workers().stream()
                .mapToLong(value)
                .sum());
    }

    private void counter(String name, String description, Tags tags, ToLongFunction<EngineStatus> value) {
        FunctionCounter.builder(name, this, meters -> value.applyAsLong(meters.status))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, Tags tags, ToLongFunction<EngineStatus> value) {
        Gauge.builder(name, this, meters -> value.applyAsLong(meters.status))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void ofPartition(String name, String description, ToDoubleFunction<PartitionStatus> value) {
        ofPartitions.put(MultiGauge.builder(name).description(description).register(registry), value);
    }

    private static List<MultiGauge.Row<?>> rows(
            List<PartitionStatus> partitions, ToDoubleFunction<PartitionStatus> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        partitions.forEach(partition -> rows.add(MultiGauge.Row.of(
                Tags.of("partition", Integer.toString(partition.partition())), value.applyAsDouble(partition))));
        return rows;
    }
}

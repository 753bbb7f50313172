package io.gatehouse.app;

import io.gatehouse.app.certificate.Certificates;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.http.HttpServer;
import io.gatehouse.app.metrics.BuildMeters;
import io.gatehouse.app.metrics.CertificateMeters;
import io.gatehouse.app.metrics.EngineMeters;
import io.gatehouse.app.metrics.GeoMeters;
import io.gatehouse.app.metrics.Metrics;
import io.gatehouse.app.metrics.WindowMeters;
import io.gatehouse.app.view.MergedStatistics;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.engine.Engine;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.statistics.StatisticsFeed;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: makes the parts of a running Gatehouse, in the order of their starting. Stopping is the reverse. */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Configuration configuration;
    private final UnaryOperator<Clients> beforeClients;
    /** Empty where no statistics are kept. */
    private Optional<StatisticsView> statistics = Optional.empty();

    private Engine engine;
    private HttpServer http;

    private Pipeline(Configuration configuration, UnaryOperator<Clients> beforeClients) {
        this.configuration = configuration;
        this.beforeClients = beforeClients;
    }

    /**
     * Starts everything and returns; an absent broker is waited for in the background.
     *
     * @throws StartException when the table of places, the certificate for HTTPS or an HTTP port cannot be had, or the Kafka
     *     settings make no client; nothing then runs
     */
    public static Pipeline start(Configuration configuration) {
        return start(configuration, UnaryOperator.identity());
    }

    /**
     * The same, where workers see Kafka through what is put before their clients.
     *
     * @throws StartException as above
     */
    public static Pipeline start(Configuration configuration, UnaryOperator<Clients> beforeClients) {
        Pipeline pipeline = new Pipeline(configuration, beforeClients);
        try {
            pipeline.start();
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    /**
     * Health is served before the engine starts and until it has stopped, so that both can be watched. The engine is
     * closed when it has been started as when it has only been made; doing so twice does nothing more.
     */
    private void start() {
        announce();
        GeoWatch places = closing(GeoWatch.start(configuration.geo()));
        engine = closing(engine(places.tables()));
        if (configuration.engine().judge().keepsStatistics()) {
            statistics = Optional.of(followStatistics());
        }
        if (configuration.http().isServed()) {
            serve(places);
        }
        closing(engine).start();
        closing(StatisticsLog.start(
                engine::status, this::statistics, configuration.log().statisticsInterval()));
    }

    private Metrics metrics(GeoWatch places, Certificates certificates) {
        // A window is published within one interval, and what lies in the way may take the time of another.
        Duration publishing =
                Duration.ofMillis(2 * configuration.engine().judge().statsPublishIntervalMs());
        return new Metrics(List.of(
                new EngineMeters(engine::status),
                new GeoMeters(places::status, Clock.systemUTC()),
                new WindowMeters(() -> statistics.flatMap(view -> view.lastComplete(publishing))),
                new CertificateMeters(certificates::statuses),
                new BuildMeters()));
    }

    private void serve(GeoWatch places) {
        EngineSettings kafka = configuration.engine();
        Certificates certificates = closing(Certificates.open(
                configuration.http().tls(), List.of(kafka.consumer(), kafka.producer(), kafka.admin())));
        Metrics metrics = closing(metrics(places, certificates));
        http = closing(HttpServer.start(
                configuration.http(), engine::status, places::status, certificates, metrics::page, statistics));
        LOG.info("Health and metrics at {}/health and {}/metrics", http.managementUri(), http.managementUri());
        http.uri().ifPresent(uri -> LOG.info("Statistics at {}/api/stats", uri));
    }

    private StatisticsView followStatistics() {
        long windowMs = configuration.engine().judge().statsWindowMs();
        StatisticsView view = new StatisticsView(windowMs, System::currentTimeMillis);
        closing(new StatisticsFeed(configuration.engine(), StatisticsView.recent(windowMs), view))
                .start();
        return view;
    }

    /** What the engine is doing now. Safe to call from any thread. */
    public EngineStatus status() {
        return engine.status();
    }

    /**
     * The statistics of all partitions, those of other instances too; empty while they are being read, and where none are
     * kept. Safe to call from any thread.
     */
    public Optional<MergedStatistics> statistics() {
        return statistics.flatMap(StatisticsView::merged);
    }

    /** Where statistics are served, if they are; health and metrics too where they have no port of their own. */
    public Optional<URI> httpAddress() {
        return Optional.ofNullable(http).flatMap(HttpServer::uri);
    }

    /** Where health and metrics are served, if they are. */
    public Optional<URI> managementAddress() {
        return Optional.ofNullable(http).map(HttpServer::managementUri);
    }

    /** Finishes the batch in hand, commits, leaves the group; returns within {@code shutdown.timeout}. Idempotent. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop in order", part.getClass().getSimpleName(), e);
            }
        }
    }

    private Engine engine(GeoTables places) {
        try {
            return new Engine(configuration.engine(), places, beforeClients);
        } catch (KafkaException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new StartException(
                    "no Kafka client can be made of the settings under kafka.*: " + Printable.escape(reason), e);
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        started.push(part);
        return part;
    }

    private void announce() {
        EngineSettings settings = configuration.engine();
        LOG.info(
                "Gatehouse {} starts as {} of {}: {} → {}, dead letters to {}, {}; {} workers, commits each {} ms;"
                        + " Kafka at {}",
                Version.current(),
                settings.instanceId(),
                settings.applicationId(),
                settings.topics().input(),
                settings.topics().processed(),
                settings.topics().deadLetters(),
                settings.judge().profileEnabled()
                        ? "state in " + settings.topics().state()
                        : "nothing remembered of users",
                settings.workers(),
                settings.commitInterval().toMillis(),
                settings.consumer().get("bootstrap.servers"));
    }
}

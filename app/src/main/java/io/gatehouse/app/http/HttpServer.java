package io.gatehouse.app.http;

import io.gatehouse.app.GeoStatus;
import io.gatehouse.app.StartException;
import io.gatehouse.app.Version;
import io.gatehouse.app.config.HttpSettings;
import io.gatehouse.app.metrics.Exposition;
import io.gatehouse.app.view.MergedStatistics;
import io.gatehouse.app.view.StatisticsPage;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.engine.EngineStatus;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves {@code /health/live}, {@code /health/ready}, {@code /health} and {@code /metrics}, in none of which anything comes
 * from an event, and {@code /api/stats}, which has names from events (versions, locales), but no users.
 */
public final class HttpServer implements AutoCloseable {
    /** A probe, a scraper and a person at the same time need no more. */
    private static final int MAX_THREADS = 16;

    private static final int MIN_THREADS = 2;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final Javalin server;
    private final String address;

    private HttpServer(Javalin server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts to listen.
     *
     * @param settings with a port
     * @param status asked with each request
     * @param places asked with each request
     * @param metrics a page of metrics; asked with each request, and told what it accepts, which may be null
     * @param statistics asked with each request; empty where none are kept
     * @throws StartException when the address or the port cannot be had
     */
    public static HttpServer start(
            HttpSettings settings,
            Supplier<EngineStatus> status,
            Supplier<GeoStatus> places,
            Function<String, Exposition> metrics,
            Optional<StatisticsView> statistics) {
        int port = settings.port().orElseThrow();
        Javalin server = Javalin.create(config -> configure(config, status, places, metrics, statistics));
        // A failure to start is told by the exception; the library would log it a second time.
        JavalinLogger.enabled = false;
        try {
            server.start(settings.address(), port);
        } catch (JavalinException e) {
            throw new StartException(
                    "cannot listen on " + settings.address() + ":" + port
                            + ", it is taken or not this machine's. Choose"
                            + " another http.port or http.address, or http.port=off for none",
                    e);
        } finally {
            JavalinLogger.enabled = true;
        }
        return new HttpServer(server, settings.address());
    }

    /** Where it listens. */
    public URI uri() {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + host + ":" + server.port());
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void configure(
            JavalinConfig config,
            Supplier<EngineStatus> status,
            Supplier<GeoStatus> places,
            Function<String, Exposition> metrics,
            Optional<StatisticsView> statistics) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.routes.get("/health/live", context -> {
            Health health = health(status.get());
            answer(context, health.isLive(), HealthPage.live(health));
        });
        config.routes.get("/health/ready", context -> {
            Health health = health(status.get());
            health.warnings().addAll(places.get().warnings());
            answer(context, health.isReady(), HealthPage.ready(health));
        });
        config.routes.get("/health", context -> {
            EngineStatus now = status.get();
            GeoStatus geo = places.get();
            Health health = health(now);
            health.warnings().addAll(geo.warnings());
            answer(
                    context,
                    health.isReady(),
                    HealthPage.whole(health, Components.of(now, geo, statistics), now, geo, Version.current()));
        });
        config.routes.get("/metrics", context -> {
            Exposition page = metrics.apply(context.header("Accept"));
            context.contentType(page.contentType()).result(page.text());
        });
        config.routes.get("/api/stats", context -> statistics(context, statistics));
    }

    private static void statistics(Context context, Optional<StatisticsView> view) {
        if (view.isEmpty()) {
            answer(
                    context,
                    NOT_FOUND,
                    HealthPage.not("kept", "profile.enabled or stats.enabled is false: no statistics are kept"));
            return;
        }
        Optional<MergedStatistics> merged = view.get().merged();
        if (merged.isEmpty()) {
            answer(context, UNAVAILABLE, HealthPage.not("ready", view.get().reason()));
            return;
        }
        answer(context, OK, StatisticsPage.of(merged.get()));
    }

    private static Health health(EngineStatus status) {
        return Health.of(status, System.nanoTime());
    }

    private static void answer(Context context, boolean good, String json) {
        answer(context, good ? OK : UNAVAILABLE, json);
    }

    private static void answer(Context context, int status, String json) {
        context.status(status)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .contentType("application/json; charset=utf-8")
                .result(json);
    }
}

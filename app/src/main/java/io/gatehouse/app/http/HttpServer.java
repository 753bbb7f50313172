package io.gatehouse.app.http;

import io.gatehouse.app.GeoStatus;
import io.gatehouse.app.StartException;
import io.gatehouse.app.Version;
import io.gatehouse.app.certificate.Certificates;
import io.gatehouse.app.config.HttpSettings;
import io.gatehouse.app.metrics.Exposition;
import io.gatehouse.app.view.MergedStatistics;
import io.gatehouse.app.view.StatisticsPage;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.engine.EngineStatus;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serves {@code /health/live}, {@code /health/ready}, {@code /health} and {@code /metrics}, in none of which anything comes
 * from an event, and {@code /api/stats}, which has names from events (versions, locales), but no users. The former may have
 * a port of their own.
 */
public final class HttpServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** Either may be missing, but not both. */
    private final Optional<Listener> main;

    private final Optional<Listener> management;

    private HttpServer(Optional<Listener> main, Optional<Listener> management) {
        this.main = main;
        this.management = management;
    }

    /**
     * Starts to listen.
     *
     * @param settings with one port at least
     * @param status asked with each request
     * @param places asked with each request
     * @param certificates asked with each request, and for the handshakes of HTTPS
     * @param metrics a page of metrics; asked with each request, and told what it accepts, which may be null
     * @param statistics asked with each request; empty where none are kept
     * @throws StartException when the address or the port cannot be had
     */
    public static HttpServer start(
            HttpSettings settings,
            Supplier<EngineStatus> status,
            Supplier<GeoStatus> places,
            Certificates certificates,
            Function<String, Exposition> metrics,
            Optional<StatisticsView> statistics) {
        Consumer<RoutesConfig> operation =
                routes -> operation(routes, status, places, certificates, metrics, statistics);
        Consumer<RoutesConfig> results = routes -> results(routes, statistics);
        boolean isOne = settings.management().port().isEmpty();
        Optional<Listener> main = settings.main().port().isEmpty()
                ? Optional.empty()
                : Optional.of(Listener.start(
                        settings.main(),
                        "http.port",
                        certificates.handshakes(),
                        Limits.USUAL,
                        isOne ? operation.andThen(results) : results));
        try {
            return new HttpServer(
                    main,
                    isOne
                            ? Optional.empty()
                            : Optional.of(Listener.start(
                                    settings.management(),
                                    "http.management-port",
                                    certificates.handshakes().filter(tls -> settings.isManagementEncrypted()),
                                    Limits.USUAL,
                                    operation)));
        } catch (RuntimeException e) {
            main.ifPresent(Listener::close);
            throw e;
        }
    }

    /** Where statistics are served; health and metrics too where they have no port of their own. */
    public Optional<URI> uri() {
        return main.map(Listener::uri);
    }

    /** Where health and metrics are served. */
    public URI managementUri() {
        return management.or(() -> main).orElseThrow().uri();
    }

    @Override
    public void close() {
        management.ifPresent(Listener::close);
        main.ifPresent(Listener::close);
    }

    private static void operation(
            RoutesConfig routes,
            Supplier<EngineStatus> status,
            Supplier<GeoStatus> places,
            Certificates certificates,
            Function<String, Exposition> metrics,
            Optional<StatisticsView> statistics) {
        page(routes, "/health/live", context -> {
            Health health = health(status.get());
            answer(context, health.isLive(), HealthPage.live(health));
        });
        page(routes, "/health/ready", context -> {
            Health health = health(status.get());
            health.warnings().addAll(places.get().warnings());
            health.warnings().addAll(certificates.warnings(Instant.now()));
            answer(context, health.isReady(), HealthPage.ready(health));
        });
        page(routes, "/health", context -> {
            EngineStatus now = status.get();
            GeoStatus geo = places.get();
            Health health = health(now);
            health.warnings().addAll(geo.warnings());
            health.warnings().addAll(certificates.warnings(Instant.now()));
            answer(
                    context,
                    health.isReady(),
                    HealthPage.whole(
                            health,
                            Components.of(now, geo, certificates.statuses(), statistics),
                            now,
                            geo,
                            Version.current()));
        });
        page(routes, "/metrics", context -> {
            Exposition page = metrics.apply(context.header("Accept"));
            context.contentType(page.contentType()).result(page.text());
        });
    }

    private static void results(RoutesConfig routes, Optional<StatisticsView> view) {
        page(routes, "/api/stats", context -> statistics(context, view));
    }

    /** Asked for its head alone, a page is made as well: its status is what a probe wants to know. */
    private static void page(RoutesConfig routes, String path, Handler page) {
        routes.get(path, page);
        routes.head(path, page);
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
        context.status(status).contentType(Refusals.JSON).result(json);
    }
}

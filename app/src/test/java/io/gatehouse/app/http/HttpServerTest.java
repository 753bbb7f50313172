package io.gatehouse.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.app.GeoStatus;
import io.gatehouse.app.GeoStatuses;
import io.gatehouse.app.StartException;
import io.gatehouse.app.Statuses;
import io.gatehouse.app.certificate.Certificates;
import io.gatehouse.app.config.HttpSettings;
import io.gatehouse.app.config.HttpSettings.Endpoint;
import io.gatehouse.app.metrics.EngineMeters;
import io.gatehouse.app.metrics.GeoMeters;
import io.gatehouse.app.metrics.Metrics;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static final Endpoint NOWHERE = new Endpoint("127.0.0.1", OptionalInt.empty());
    private static final Endpoint ANYWHERE = new Endpoint("127.0.0.1", OptionalInt.of(0));
    private static final HttpSettings ANY_PORT = new HttpSettings(ANYWHERE, NOWHERE, false, Optional.empty());
    private static final Certificates NO_CERTIFICATES = Certificates.open(Optional.empty(), List.of());

    private volatile EngineStatus status = Statuses.counting(3, Map.of("invalid_ip", 2L));
    private volatile GeoStatus geo = GeoStatuses.some();
    private final Metrics metrics =
            new Metrics(List.of(new EngineMeters(() -> status), new GeoMeters(() -> geo, Clock.systemUTC())));
    private final HttpServer server = serve(ANY_PORT);

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void aProcessThatDoesItsShareIsLiveAndReady() throws Exception {
        assertThat(get("/health/live").body().strip()).isEqualTo("{\"status\":\"live\",\"reasons\":[]}");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body().strip())
                .isEqualTo("{\"status\":\"ready\",\"reasons\":[],\"warnings\":[]}");
    }

    @Test
    void anOutageIsToldInWords() throws Exception {
        status = Statuses.of(List.of(Statuses.worker(WorkerState.TROUBLED, "no \"broker\"")), List.of());

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body().strip())
                .isEqualTo(
                        "{\"status\":\"not ready\",\"reasons\":[\"worker 0 waits: no \\\"broker\\\"\"],\"warnings\":[]}");
    }

    @Test
    void aDeadWorkerIsNotLive() throws Exception {
        status = Statuses.of(List.of(Statuses.worker(WorkerState.DEAD, null)), List.of());

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").body()).contains("\"status\":\"not live\"");
    }

    @Test
    void theWholeOfHealthNamesEachWorkerAndPartition() throws Exception {
        assertThat(get("/health").headers().firstValue("content-type")).hasValue("application/json;charset=utf-8");
        assertThat(get("/health").body())
                .contains("\"status\":\"ready\"")
                .contains("{\"worker\":0,\"state\":\"running\",\"trouble\":null,\"commits\":10,\"aborts\":1,"
                        + "\"rebalances\":2}")
                .contains(
                        "{\"partition\":3,\"trouble\":null,\"restoring\":0,\"position\":1000,\"lag\":17,\"verdict\":\"unknown\",\"users\":42,"
                                + "\"misplaced\":0,\"journal_bytes\":4096}");
    }

    @Test
    void theWholeOfHealthTellsEachComponentInWords() throws Exception {
        status = Statuses.rekeyed(
                List.of(Statuses.partition(0, "an offset was moved", 0), Statuses.partition(1, null, 5)));
        assertThat(get("/health").body())
                .contains("\"partitioning\":\"rekey: keys are random\"")
                .contains("\"routers\":\"1 running\"")
                .contains("\"input_partitions\":\"0 worked on, 1 being restored, 1 held back; 34 records to do\"")
                .contains("\"partitions\":\"2 worked on, 0 being restored, 0 held back; 34 records to do\"")
                .contains("\"users\":\"42 of at most 1000 remembered, 3 forgotten for lack of room\"")
                .contains("\"geo\":\"7 places of 2026-06-05T00:00:00Z\"")
                .contains("\"journal\":\"8192 bytes; 6 rounds of the sweep ended\"")
                .contains("\"statistics\":\"not kept, by profile.enabled or stats.enabled\"");

        status = Statuses.withLedger(new Ledger(7, 10, 8, 1, 1));
        assertThat(get("/health").body())
                .contains("\"ledger\":\"10 records taken and committed since the start, 8 results and 1 dead letters of"
                        + " them; that differs, by a defect, in partition 7\"")
                .contains("\"ledgers\":[{\"partition\":7,\"in\":10,\"out\":8,\"dead_letters\":1,\"difference\":1}]");
    }

    @Test
    void metricsComeAsOpenMetricsToWhoAsksForThem() throws Exception {
        URI uri = server.managementUri().resolve("/metrics");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/openmetrics-text");
        assertThat(answer.body()).endsWith("# EOF\n");
        assertThat(get("/metrics").headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain");
    }

    @Test
    void aTableThatCannotBeUsedIsAWarningAndThisProcessIsReady() throws Exception {
        geo = GeoStatuses.withTrouble("a damaged file");

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body().strip())
                .isEqualTo("{\"status\":\"ready\",\"reasons\":[],\"warnings\":[\"a damaged file\"]}");
        assertThat(get("/health").body())
                .contains("\"warnings\":[\"a damaged file\"]")
                .contains("\"geo\":{\"built_at\":\"2026-06-05T00:00:00Z\",\"places\":7,\"swaps\":2,\"failures\":1,"
                        + "\"trouble\":\"a damaged file\"}");
        assertThat(get("/metrics").body()).contains("gatehouse_geo_degraded 1.0");
    }

    @Test
    void metricsAreOfTheMomentOfTheRequest() throws Exception {
        assertThat(get("/metrics").body()).contains("gatehouse_processed_total 3.0");
        status = Statuses.counting(5, Map.of("invalid_ip", 2L));
        assertThat(get("/metrics").body()).contains("gatehouse_processed_total 5.0");
    }

    @Test
    void whereNoStatisticsAreKeptItSaysWhy() throws Exception {
        assertThat(get("/api/stats").statusCode()).isEqualTo(404);
        assertThat(get("/api/stats").body()).contains("profile.enabled or stats.enabled is false");
    }

    @Test
    void statisticsAreToldOnceTheyAreRead() throws Exception {
        StatisticsView view = new StatisticsView(60_000, System::currentTimeMillis);
        try (HttpServer telling = HttpServer.start(
                ANY_PORT, () -> status, () -> geo, NO_CERTIFICATES, accept -> null, Optional.of(view))) {
            view.interrupted("no broker");
            HttpResponse<String> waiting = get(telling, "/api/stats");
            assertThat(waiting.statusCode()).isEqualTo(503);
            assertThat(waiting.body()).contains("cannot be read: no broker");

            view.allTaken();
            HttpResponse<String> told = get(telling, "/api/stats");
            assertThat(told.statusCode()).isEqualTo(200);
            assertThat(told.body()).contains("\"schema_version\":1", "\"complete\":true");
            assertThat(told.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(told.headers().firstValue("content-type")).hasValue("application/json;charset=utf-8");
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(get("/no/such/page").statusCode()).isEqualTo(404);
    }

    @Test
    void healthAndMetricsMayHaveAPortOfTheirOwnAndAreServedThereAlone() throws Exception {
        HttpSettings both = new HttpSettings(ANYWHERE, ANYWHERE, false, Optional.empty());
        try (HttpServer server = serve(both)) {
            URI main = server.uri().orElseThrow();
            assertThat(main).isNotEqualTo(server.managementUri());
            assertThat(List.of("/health", "/health/live", "/health/ready", "/metrics"))
                    .allSatisfy(path -> {
                        assertThat(status(server.managementUri(), path)).isEqualTo(200);
                        assertThat(status(main, path)).isEqualTo(404);
                    });
            assertThat(status(server.managementUri(), "/api/stats")).isEqualTo(404);
            assertThat(get(main, "/api/stats").body()).contains("stats.enabled is false");
        }
    }

    @Test
    void thePortOfHealthAndMetricsMayBeTheOnlyOne() throws Exception {
        try (HttpServer server = serve(new HttpSettings(NOWHERE, ANYWHERE, false, Optional.empty()))) {
            assertThat(server.uri()).isEmpty();
            assertThat(status(server.managementUri(), "/health/live")).isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsRefusedByTheNameOfItsKey() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint busy = new Endpoint("127.0.0.1", OptionalInt.of(taken.getLocalPort()));
            HttpSettings settings = new HttpSettings(busy, NOWHERE, false, Optional.empty());

            assertThatThrownBy(() -> HttpServer.start(
                            settings, () -> status, () -> geo, NO_CERTIFICATES, accept -> null, Optional.empty()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("http.port");
            assertThatThrownBy(() -> serve(new HttpSettings(ANYWHERE, busy, false, Optional.empty())))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("http.management-port or http.management-address");
        }
    }

    private HttpServer serve(HttpSettings settings) {
        return HttpServer.start(settings, () -> status, () -> geo, NO_CERTIFICATES, metrics::page, Optional.empty());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(server, path);
    }

    private static HttpResponse<String> get(HttpServer server, String path) throws IOException, InterruptedException {
        return get(server.managementUri(), path);
    }

    private static int status(URI server, String path) throws IOException, InterruptedException {
        return get(server, path).statusCode();
    }

    private static HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}

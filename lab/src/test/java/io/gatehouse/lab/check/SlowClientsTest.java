package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.lab.crowd.SlowClients;
import io.gatehouse.lab.generate.GeneratorRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand slow clients crowd the port of a pipeline at work. */
@Timeout(180)
class SlowClientsTest {
    private static final int CLIENTS = 1_000;
    /** As many as the server lets in at a time. */
    private static final int CONNECTIONS = 100;
    /** Of the crowded port, and of the one for health and metrics. */
    private static final int MOST_HTTP_THREADS = 2 * 16;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PROBE_WITHIN = Duration.ofSeconds(5);

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @Test
    void theyDisturbNeitherTheWorkNorTheProbes() throws Exception {
        try (LivePipeline live = new LivePipeline(
                                BROKER.bootstrap(),
                                "crowded",
                                "http.port=0",
                                "http.management-port=0",
                                "input.partitioning=keyed")
                        .createTopics();
                Pipeline pipeline = live.startPipeline()) {
            URI crowded = pipeline.httpAddress().orElseThrow();
            URI management = pipeline.managementAddress().orElseThrow();
            LivePipeline.await(() -> isWell(management.resolve("/health/ready")));

            try (SlowClients crowd = SlowClients.start(crowded, CLIENTS)) {
                LivePipeline.await(() -> crowd.connected() >= CONNECTIONS);
                try (GeneratorRun run = live.generate(41, 0.05, 1_000)) {
                    LivePipeline.await(() -> {
                        assertThat(isWell(management.resolve("/health/live"))).isTrue();
                        assertThat(isWell(management.resolve("/metrics"))).isTrue();
                        assertThat(httpThreads()).isLessThanOrEqualTo(MOST_HTTP_THREADS);
                        return run.sent() >= LivePipeline.EVENTS && crowd.cut() >= CONNECTIONS / 2;
                    });
                }
                live.assertContent();
                assertThat(crowd.connected()).isGreaterThanOrEqualTo(CONNECTIONS);
            }
            LivePipeline.await(() -> isWell(crowded.resolve("/api/stats")));
        }
    }

    private static boolean isWell(URI page) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PROBE_WITHIN).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private static long httpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("http-"))
                .count();
    }
}

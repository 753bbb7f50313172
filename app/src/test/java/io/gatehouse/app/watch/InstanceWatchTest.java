package io.gatehouse.app.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever answers at an address, a status comes of it. */
class InstanceWatchTest {
    private HttpServer server;
    private volatile String health = "{\"status\":\"not ready\",\"version\":\"1.2.3\",\"not_live\":[],"
            + "\"not_ready\":[\"worker 0 is starting\"],\"warnings\":[\"w\"],\"geo\":{\"places\":[1]},\"workers\":[{}]}";
    private volatile String metrics =
            "gatehouse_processed_total 100.0\ngatehouse_dead_letters_total{reason=\"x\"} 5.0\n";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> answer(exchange, 503, health));
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void healthIsReadThoughItIsBadAndRatesAreThoseBetweenLooks() {
        InstanceWatch watch = new InstanceWatch(url());
        Instance first = watch.look(0);
        assertThat(first.health().status()).isEqualTo("not ready");
        assertThat(first.health().reasons()).containsExactly("worker 0 is starting");
        assertThat(first.health().warnings()).containsExactly("w");
        assertThat(first.processedPerSecond()).isNaN();

        metrics = "gatehouse_processed_total 190.0\ngatehouse_dead_letters_total{reason=\"x\"} 15.0\n";
        Instance later = watch.look(Duration.ofSeconds(10).toNanos());
        assertThat(later.processedPerSecond()).isEqualTo(9);
        assertThat(later.deadLettersPerSecond()).isEqualTo(1);
        assertThat(later.deadLetterShare()).isEqualTo(0.1);
    }

    @Test
    void aRestartBeginsNewRates() {
        InstanceWatch watch = new InstanceWatch(url());
        watch.look(0);
        metrics = "gatehouse_processed_total 1.0\n";
        assertThat(watch.look(Duration.ofSeconds(10).toNanos()).processedPerSecond())
                .isNaN();
    }

    @Test
    void anotherProgramThereIsNotGatehouse() {
        health = "<html>hello</html>";
        assertThat(new InstanceWatch(url()).look(0).trouble()).isEqualTo("what answers there is not Gatehouse");
        health = "{\"status\":\"UP\"}";
        assertThat(new InstanceWatch(url()).look(0).health()).isNull();
    }

    @Test
    void nobodyThereIsSaid() {
        URI url = url();
        server.stop(0);
        assertThat(new InstanceWatch(url).look(0).trouble()).startsWith("it does not answer: ");
    }

    @Test
    void anEndlessAnswerIsGivenUp() {
        health = "x".repeat(5 << 20);
        assertThat(new InstanceWatch(url()).look(0).trouble()).contains("too long");
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try {
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            // The asker may have heard enough.
        }
        exchange.close();
    }
}

package io.gatehouse.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.config.HttpSettings.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ListenerTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(500);
    /** More than the buffers of both sides of a connection take in. */
    private static final String LARGE_PAGE = "x".repeat(32 << 20);

    /** Bytes, of which as few as these take long. */
    private static final int MANY = 500;

    private Listener listener;

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void anAnswerIsProtectedFromBrowsersAndEndsTheConnection() throws IOException {
        listen(100, LONG);

        assertThat(ask("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "Connection: close",
                        "Cache-Control: no-store",
                        "X-Content-Type-Options: nosniff",
                        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'")
                .doesNotContain("Server:", "Set-Cookie:")
                .endsWith("\r\n\r\nhello");
    }

    @Test
    void theHeadAloneHasTheStatusOfTheWhole() throws IOException {
        listen(100, LONG);

        assertThat(ask("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\n");
        assertThat(ask("HEAD /unwell HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 503 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
    void nothingButQuestionsIsAnswered(String method) throws IOException {
        listen(100, LONG);

        assertRefused(ask(method + " /page HTTP/1.1\r\nHost: a\r\n\r\n"), "405 Method Not Allowed")
                .contains("Allow: GET, HEAD", "\"method not allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"})
    void aRequestWithContentIsRefused(String content) throws IOException {
        listen(100, LONG);

        assertRefused(ask("GET /page HTTP/1.1\r\nHost: a\r\n" + content), "413 Payload Too Large");
    }

    @Test
    void aHeadOfMoreThanEightKibIsRefused() throws IOException {
        listen(100, LONG);

        assertRefused(
                ask("GET /page HTTP/1.1\r\nHost: a\r\nA: " + "x".repeat(8 << 10) + "\r\n\r\n"),
                "431 Request Header Fields Too Large");
        assertRefused(ask("GET /" + "x".repeat(9 << 10) + " HTTP/1.1\r\nHost: a\r\n\r\n"), "414 URI Too Long");
    }

    @Test
    void whatIsNoRequestIsRefused() throws IOException {
        listen(100, LONG);

        assertRefused(ask("\u0016\u0003\u0001 hello\r\n\r\n"), "400 Bad Request");
        assertRefused(ask("GET /%2e%2e/page HTTP/1.1\r\nHost: a\r\n\r\n"), "400 Bad Request");
    }

    @Test
    void aPageThatIsNotThereIsRefusedWithoutBeingNamed() throws IOException {
        listen(100, LONG);

        assertRefused(ask("GET /%3Cscript%3E HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n"), "404 Not Found")
                .doesNotContain("script");
    }

    @Test
    void aDefectIsNotDescribedToWhoAsks() throws IOException {
        listen(100, LONG);

        assertRefused(ask("GET /defect HTTP/1.1\r\nHost: a\r\n\r\n"), "500 Server Error")
                .doesNotContain("secret", "Exception", "at io.gatehouse");
    }

    @Test
    void aRequestThatIsSentByteByByteIsCut() throws IOException {
        listen(100, SHORT);

        try (RawClient client = new RawClient(listener.uri())) {
            client.send("GET /page HTTP/1.1\r\nA: ");
            int sent = 0;
            while (sent < MANY && client.hearsNothingFor(20)) {
                sent++;
                client.send("a");
            }
            assertThat(sent).isStrictlyBetween(0, MANY);
        }
    }

    @Test
    void whoSaysNothingIsCut() throws IOException {
        listen(100, SHORT);

        assertThat(ask("")).isEmpty();
    }

    @Test
    void whoDoesNotReadTheAnswerGivesThreadAndConnectionBack() throws IOException {
        // All threads and all connections, and no more: those for whom there is no thread are cut a lifetime after
        // those who had one, and who asks would have to be answered in the very moment in which that ends.
        int many = Limits.MAX_THREADS;
        listen(many, SHORT);

        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            clients.add(new RawClient(listener.uri()).send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
        }
        assertThat(ask("GET /page HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("hello");
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void whoComesWhenAllConnectionsAreTakenWaitsUntilOneIsFree() throws IOException {
        listen(3, LONG);

        List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            silent.add(new RawClient(listener.uri()));
        }
        try (RawClient late = new RawClient(listener.uri())) {
            late.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(late.hearsNothingFor(300)).isTrue();
            silent.get(1).close();
            assertThat(late.answer()).endsWith("hello");
        }
        for (RawClient client : silent) {
            client.close();
        }
    }

    private void listen(int connections, Duration lifetime) {
        listener = Listener.start(
                new Endpoint("127.0.0.1", OptionalInt.of(0)),
                "http.port",
                Optional.empty(),
                new Limits(connections, lifetime),
                routes -> {
                    routes.get("/page", context -> context.result("hello"));
                    routes.head("/page", context -> context.result("hello"));
                    routes.head("/unwell", context -> context.status(503).result("unwell"));
                    routes.get("/large", context -> context.result(LARGE_PAGE));
                    routes.get("/defect", context -> {
                        throw new IllegalStateException("secret");
                    });
                });
    }

    private String ask(String request) throws IOException {
        return RawClient.ask(listener.uri(), request);
    }

    private static AbstractStringAssert<?> assertRefused(String answer, String status) {
        return assertThat(answer)
                .startsWith("HTTP/1.1 " + status + "\r\n")
                .contains(
                        "Content-Type: application/json",
                        "Cache-Control: no-store",
                        "X-Content-Type-Options: nosniff",
                        "Content-Security-Policy: default-src 'none'",
                        "{\"status\":\"not answered\",\"reasons\":[\"")
                .doesNotContain("Server:", "jetty", "Jetty", "java");
    }
}

package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics of a pipeline that works, in both stages. */
@Timeout(120)
class MetricsPageTest {
    private static final Pattern NAME = Pattern.compile("# TYPE (gatehouse_\\w+) ");
    private static final Pattern DOCUMENTED = Pattern.compile("`(gatehouse_\\w+)`");

    @RegisterExtension
    static final LiveBroker BROKER = new LiveBroker();

    @TempDir
    private Path directory;

    @Test
    void itHasTheNamesThatAreDocumentedAndNoOthersAndCountsAllThatIsThere() throws Exception {
        try (LivePipeline live = new LivePipeline(
                        BROKER.bootstrap(),
                        "page",
                        "http.port=0",
                        "http.management-port=0",
                        "http.tls.certificate=" + keystore(),
                        "http.tls.password=changeit",
                        "input.partitioning=rekey",
                        "kafka.producer.max.block.ms=20000")
                .createTopics()) {
            Pipeline pipeline = live.startPipeline();
            try (GeneratorRun run = live.generate(41, KeyChoice.RANDOM, 0.1, 0)) {
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            LivePipeline.await(() -> sum(page(pipeline), "gatehouse_out_processed_total")
                            + sum(page(pipeline), "gatehouse_dead_letters_total")
                    == LivePipeline.EVENTS);

            LivePipeline.await(
                    () -> Stream.of("gatehouse_window_logins", "gatehouse_lag_verdict", "gatehouse_routing_lag_verdict")
                            .allMatch(page(pipeline)::contains));

            String page = page(pipeline);
            assertThat(names(page)).isEqualTo(documented());
            assertThat(sum(page, "gatehouse_in_total")).isEqualTo(sum(page, "gatehouse_processed_total"));
            assertThat(sum(page, "gatehouse_event_age_seconds_count")).isEqualTo(sum(page, "gatehouse_in_total"));
            assertThat(lines(page, "gatehouse_ledger_difference")).isEqualTo(4);
            assertThat(sum(page, "gatehouse_ledger_difference")).isZero();
            assertThat(lines(page, "gatehouse_routing_ledger_difference")).isEqualTo(4);
            assertThat(sum(page, "gatehouse_routing_ledger_difference")).isZero();
            assertThat(pipeline.status().longestTurn()).isEqualTo(Duration.ofSeconds(80));
        }
    }

    /** So that there is a certificate in use. */
    private Path keystore() throws Exception {
        Path keystore = directory.resolve("gatehouse.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=gatehouse",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keystore.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keystore;
    }

    private static String page(Pipeline pipeline) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        pipeline.managementAddress().orElseThrow().resolve("/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double sum(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long lines(String page, String name) {
        return page.lines().filter(line -> line.startsWith(name + "{")).count();
    }

    private static Set<String> names(String page) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(page);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    /** Those in the first column of the table of metrics. */
    private static Set<String> documented() throws Exception {
        Set<String> names = new TreeSet<>();
        Files.readAllLines(Path.of("..", "docs", "operating.md")).stream()
                .filter(line -> line.startsWith("| `gatehouse_"))
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .map(DOCUMENTED::matcher)
                .forEach(name -> {
                    while (name.find()) {
                        names.add(name.group(1));
                    }
                });
        return names;
    }
}

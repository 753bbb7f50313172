package io.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: exit codes, signals, pipes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GatehouseProcessTest {
    private static final String LOGIN = "{\"user_id\":\"u\",\"timestamp\":1694479551}\n";
    private static final Pattern HEALTH = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/health");

    @TempDir
    private Path directory;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void processJudgesAFileAndCountsOnStandardError() throws Exception {
        Path logins = Files.writeString(directory.resolve("logins.jsonl"), LOGIN + "nonsense\n" + LOGIN);
        Path refused = directory.resolve("refused.jsonl");

        start("process", logins.toString(), "--dead-letters", refused.toString(), "-D", "geo.required=false");

        assertThat(exitCode()).isZero();
        assertThat(output())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"source\":{\"topic\":\"logins.jsonl\",\"partition\":0,\"offset\":0}");
        assertThat(errors()).isEqualTo("3 lines: 2 processed, 1 refused (malformed_json 1)");
        assertThat(refused).hasContent("{\"reason\":\"malformed_json\",\"line\":2,\"value\":\"bm9uc2Vuc2U=\"}");
    }

    @Test
    void processReadsStandardInputAndAllRefusedIsNoFailure() throws Exception {
        start("process", "-D", "geo.required=false");
        try (OutputStream in = process.getOutputStream()) {
            in.write("\n".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(exitCode()).isZero();
        assertThat(output()).isEmpty();
        assertThat(errors()).isEqualTo("1 lines: 0 processed, 1 refused (empty_value 1)");
    }

    @Test
    void processEndsQuietlyWhenNobodyReadsItsResults() throws Exception {
        Path logins = Files.writeString(directory.resolve("logins.jsonl"), LOGIN.repeat(20_000));
        start("process", logins.toString(), "-D", "geo.required=false");
        process.getInputStream().close();

        assertThat(exitCode()).isZero();
        assertThat(errors()).isEmpty();
    }

    @Test
    void anUnreadableInputFailsWithItsName() throws Exception {
        start("process", directory.resolve("none.jsonl").toString(), "-D", "geo.required=false");

        assertThat(exitCode()).isEqualTo(1);
        assertThat(errors()).startsWith("gatehouse: cannot read ").contains("none.jsonl");
    }

    @Test
    void runWaitsForAnAbsentBrokerAndEndsInOrderWhenItIsAsked() throws Exception {
        start(runWith("http.port=0"));
        List<String> log = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getErrorStream()))) {
            URI health = URI.create(readUntil(HEALTH, lines, log));

            assertThat(status(health.resolve("/health/live"))).isEqualTo(200);
            assertThat(status(health.resolve("/health/ready"))).isEqualTo(503);

            process.toHandle().destroy();
            lines.lines().forEach(log::add);
        }
        assertThat(exitCode()).as(String.join("\n", log)).isZero();
        assertThat(log).last().asString().endsWith("Stopped");
    }

    @Test
    void runRefusesABusyPortAndANotUsableGeoTable() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(runWith("http.port=" + taken.getLocalPort()));
            assertThat(exitCode()).isEqualTo(1);
            assertThat(errors()).contains("gatehouse: cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
        start("run", "-D", "kafka.bootstrap.servers=127.0.0.1:1", "-D", "geo.database=/no/such/table");
        assertThat(exitCode()).isEqualTo(1);
        assertThat(errors()).contains("gatehouse: no table of places: ", "geo.required=false");
    }

    private static String[] runWith(String definition) {
        return new String[] {
            "run",
            "-D",
            "kafka.bootstrap.servers=127.0.0.1:1",
            "-D",
            "geo.required=false",
            "-D",
            "geo.database=/none",
            "-D",
            "shutdown.timeout=10s",
            "-D",
            definition
        };
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Gatehouse.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
        process = builder.start();
    }

    private int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    private List<String> output() {
        return process.inputReader(StandardCharsets.UTF_8).lines().toList();
    }

    private String errors() {
        return process.errorReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    }

    private static String readUntil(Pattern wanted, BufferedReader lines, List<String> log) throws IOException {
        String line;
        while ((line = lines.readLine()) != null) {
            log.add(line);
            Matcher found = wanted.matcher(line);
            if (found.find()) {
                return found.group();
            }
        }
        throw new AssertionError("ended without " + wanted + ":\n" + String.join("\n", log));
    }

    private static int status(URI page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}

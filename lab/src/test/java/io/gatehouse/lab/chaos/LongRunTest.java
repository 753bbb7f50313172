package io.gatehouse.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the documentation says of the long run, held against what the run itself wrote. */
class LongRunTest {
    private static final Path HOME = Path.of("..");
    private static final Path REPORTS = HOME.resolve("docs/reliability");
    private static final String WORKER_KILLS = "worker-kill-";
    private static final String BROKER_KILLS = "broker-kill-";

    @Test
    void itIsWhatWasAskedFor() throws Exception {
        JsonNode run = report("chaos.json");

        assertThat(run.path("content").asBoolean()).isTrue();
        assertThat(run.path("errors")).isEmpty();
        assertThat(run.path("commit").asText()).matches("[0-9a-f]{40}");
        assertThat(run.path("events_checked").asLong()).isGreaterThanOrEqualTo(6_000_000);
        assertThat(run.path("faults_survived").asInt()).isGreaterThanOrEqualTo(200);
        assertThat(recoveries(run).keySet())
                .containsAll(Faults.all(1).stream().map(Fault::name).toList());
        assertThat(recoveries(run))
                .allSatisfy((kind, spread) -> assertThat(spread.count()).isGreaterThanOrEqualTo(3));
    }

    @Test
    void theReadmeQuotesItsTable() throws Exception {
        List<String> table = Files.readAllLines(REPORTS.resolve("chaos.md")).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
        List<String> figures = recoveries(report("chaos.json")).entrySet().stream()
                .map(kind -> ChaosPage.row(kind.getKey(), "", kind.getValue()))
                .toList();

        assertThat(table.subList(2, table.size()).stream().map(LongRunTest::withoutWords))
                .isEqualTo(figures);
        assertThat(Files.readString(HOME.resolve("README.md")))
                .contains(summary(report("chaos.json")), String.join("\n", table));
    }

    private static String summary(JsonNode run) {
        JsonNode last = run.path("faults").path(run.path("faults_survived").asInt() - 1);
        return String.format(
                Locale.ROOT,
                "%d faults in one run of %d minutes, %,d events checked field by field",
                run.path("faults_survived").asInt(),
                Math.round(last.path("ended_ms").asLong() / 60_000.0),
                run.path("events_checked").asLong());
    }

    /** What a fault does is described by the program that made it, which may be another one today. */
    private static String withoutWords(String row) {
        String[] cells = row.split(" \\| ", 3);
        return cells[0] + " |  | " + cells[2];
    }

    @Test
    void freshSeedsWereContent() throws Exception {
        List<JsonNode> runs =
                StreamSupport.stream(report("seeds.json").spliterator(), false).toList();

        assertThat(runs.stream().map(run -> run.path("seed").asLong()).distinct())
                .hasSizeGreaterThanOrEqualTo(10);
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.path("content").asBoolean()).isTrue();
            assertThat(run.path("errors")).isEmpty();
            assertThat(run.path("commit").asText()).startsWith("c873062");
        });
        long events = least(runs, "events_checked");
        long faults = least(runs, "faults_survived");
        assertThat(events).isGreaterThanOrEqualTo(200_000);
        assertThat(faults).isGreaterThanOrEqualTo(10);
        assertThat(Files.readString(REPORTS.resolve("README.md")))
                .contains(String.format(
                        Locale.ROOT, "at least %,d events checked and %d faults\nsurvived in each", events, faults));
    }

    private static long least(List<JsonNode> runs, String figure) {
        return runs.stream().mapToLong(run -> run.path(figure).asLong()).min().orElseThrow();
    }

    @Test
    void takeoverIsAsQuickAsIsSaid() throws Exception {
        JsonNode run = report("chaos.json");
        JsonNode classic = report("takeover-classic.json");

        assertThat(classic.path("content").asBoolean()).isTrue();
        assertThat(spread(run, WORKER_KILLS).count()).isGreaterThanOrEqualTo(30);
        assertThat(spread(classic, WORKER_KILLS).count()).isGreaterThanOrEqualTo(30);
        assertThat(Files.readString(REPORTS.resolve("README.md")))
                .contains(
                        "| SIGKILL of a worker | " + told(spread(run, WORKER_KILLS)) + " |",
                        "| SIGKILL of a broker | " + told(spread(run, BROKER_KILLS)) + " |",
                        "| SIGKILL of a worker, `classic` | " + told(spread(classic, WORKER_KILLS)) + " |",
                        "| SIGKILL of a broker, `classic` | " + told(spread(classic, BROKER_KILLS)) + " |");
    }

    private static String told(Spread spread) {
        return String.format(Locale.ROOT, "%d | %.1f s | %.1f s", spread.count(), spread.p50(), spread.max());
    }

    private static Spread spread(JsonNode run, String kinds) {
        List<Duration> recoveries = StreamSupport.stream(run.path("faults").spliterator(), false)
                .filter(fault -> fault.path("kind").asText().startsWith(kinds))
                .map(fault -> Duration.ofMillis(fault.path("recovery_ms").asLong()))
                .toList();
        return Spread.of(recoveries);
    }

    private static Map<String, Spread> recoveries(JsonNode run) {
        Map<String, Spread> recoveries = new LinkedHashMap<>();
        run.path("recovery_seconds")
                .forEach(kind -> recoveries.put(
                        kind.path("kind").asText(),
                        new Spread(
                                kind.path("survived").asInt(),
                                kind.path("p50").asDouble(),
                                kind.path("p99").asDouble(),
                                kind.path("max").asDouble())));
        return recoveries;
    }

    private static JsonNode report(String name) throws IOException {
        return new ObjectMapper().readTree(REPORTS.resolve(name).toFile());
    }
}

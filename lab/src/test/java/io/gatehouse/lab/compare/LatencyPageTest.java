package io.gatehouse.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the documentation says of latency, held against what the benchmark itself wrote. */
class LatencyPageTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void thePagesTellWhatWasMeasured() throws Exception {
        List<String> rows = runs().map(LatencyPageTest::row).toList();

        assertThat(report().path("commit").asText()).matches("[0-9a-f]{40}");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(12);
        assertThat(tableOf("benchmarks/latency.md")).containsExactlyElementsOf(rows);
        assertThat(Files.readString(DOCS.resolve("performance.md"))).contains(String.join("\n", rows));
    }

    @Test
    void thePictureShowsWhatWasMeasured() throws Exception {
        List<Bars.Bar> bars = runs().map(run -> LatencyReport.bar(
                        Contestants.all().get(run.path("contestant").asText()),
                        run.path("events_per_second").asInt(),
                        run.path("p50_ms").asDouble(),
                        run.path("p99_ms").asDouble(),
                        run.path("p999_ms").asDouble()))
                .toList();

        assertThat(Files.readString(DOCS.resolve("benchmarks/latency.svg"))).isEqualTo(LatencyReport.picture(bars));
    }

    private static JsonNode report() throws Exception {
        return new ObjectMapper()
                .readTree(DOCS.resolve("benchmarks/latency.json").toFile());
    }

    private static Stream<JsonNode> runs() throws Exception {
        return StreamSupport.stream(report().path("runs").spliterator(), false);
    }

    private static List<String> tableOf(String page) throws Exception {
        List<String> lines = Files.readAllLines(DOCS.resolve(page)).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
        return lines.subList(2, lines.size());
    }

    private static String row(JsonNode run) {
        return String.format(
                Locale.ROOT,
                "| %,d | %s | %.1f | %.1f | %.1f | %.1f | %.1f |",
                run.path("events_per_second").asInt(),
                Contestants.all().get(run.path("contestant").asText()).title(),
                run.path("p50_ms").asDouble(),
                run.path("p90_ms").asDouble(),
                run.path("p99_ms").asDouble(),
                run.path("p999_ms").asDouble(),
                run.path("max_ms").asDouble());
    }
}

package io.gatehouse.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the documentation says of the comparison, held against what the benchmark itself wrote. */
class ComparedPageTest {
    private static final Path HOME = Path.of("..");
    private static final Path REPORTS = HOME.resolve("docs/benchmarks");
    private static final JsonNode REPORT = report();

    @Test
    void theReadmeQuotesTheReport() throws Exception {
        String page = Files.readString(REPORTS.resolve("compare.md"));
        String readme = Files.readString(HOME.resolve("README.md"));

        assertThat(Guarantee.values()).allSatisfy(guarantee -> {
            String table = String.join("\n", ComparePage.table(rows(guarantee)));
            assertThat(page).contains(table);
            assertThat(readme).contains(table);
        });
    }

    @Test
    void thePageOfPerformanceTellsHowFarAheadGatehouseIs() throws Exception {
        String page = Files.readString(HOME.resolve("docs/performance.md"));

        assertThat(page).contains("| a plain copy, keyed | ≥ 0.85 | " + beside("copy-keyed", 2));
        assertThat(page).contains("| Kafka Streams, the same job | ≥ 2.5 | " + beside("streams", 2));
        assertThat(page).contains("| Flink, the same job | ≥ 3 | " + beside("flink", 2));
        assertThat(page).contains("| Python, one process | ≥ 40 | " + beside("python", 1));
    }

    private static String beside(String other, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", median("gatehouse-keyed") / median(other));
    }

    @Test
    void itIsOfACommitAndOfEverybody() {
        assertThat(REPORT.path("commit").asText()).matches("[0-9a-f]{40}");
        assertThat(REPORT.path("rounds").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(contestants().stream()
                        .map(contestant -> contestant.path("name").asText()))
                .containsExactlyElementsOf(Contestants.all().keySet());
    }

    private static List<ComparePage.Row> rows(Guarantee guarantee) {
        return contestants().stream()
                .filter(contestant -> contestant.path("guarantee").asText().equals(guarantee.words()))
                .map(ComparedPageTest::row)
                .toList();
    }

    private static ComparePage.Row row(JsonNode contestant) {
        String input = contestant.path("input").asText();
        return new ComparePage.Row(
                contestant.path("title").asText(),
                contestant.path("guarantee").asText(),
                input,
                spread(contestant, "events_per_second"),
                spread(contestant, "contestant_cpu_us_per_event"),
                spread(contestant, "broker_cpu_us_per_event"),
                spread(contestant, "peak_rss_megabytes"),
                spread(contestant, "events_per_second").median() / median("copy-" + input),
                contestant.has("disqualified"));
    }

    private static double median(String name) {
        return contestants().stream()
                .filter(contestant -> contestant.path("name").asText().equals(name))
                .mapToDouble(found -> spread(found, "events_per_second").median())
                .findFirst()
                .orElseThrow();
    }

    private static Standing.Spread spread(JsonNode contestant, String figure) {
        JsonNode spread = contestant.path(figure);
        double[] figures = Arrays.stream(new String[] {"median", "least", "most"})
                .mapToDouble(name -> spread.path(name).asDouble())
                .toArray();
        return new Standing.Spread(figures[0], figures[1], figures[2]);
    }

    private static List<JsonNode> contestants() {
        return StreamSupport.stream(REPORT.path("contestants").spliterator(), false)
                .toList();
    }

    private static JsonNode report() {
        try {
            return new ObjectMapper().readTree(REPORTS.resolve("compare.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

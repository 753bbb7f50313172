package io.gatehouse.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the documentation says of what grows with what, held against what the benchmark itself wrote. */
class ScalePageTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void thePagesTellWhatWasMeasured() throws Exception {
        JsonNode report = new ObjectMapper()
                .readTree(DOCS.resolve("benchmarks/scale.json").toFile());
        List<Figure> figures = StreamSupport.stream(report.path("figures").spliterator(), false)
                .map(ScalePageTest::figure)
                .toList();
        String table = String.join("\n", ScaleReport.table(figures));
        String page = Files.readString(DOCS.resolve("performance.md"));

        assertThat(report.path("commit").asText()).matches("[0-9a-f]{40}");
        assertThat(figures).extracting(Figure::name).contains("users_10000000", "restart_10000000", "partitions_64");
        assertThat(Files.readString(DOCS.resolve("benchmarks/scale.md"))).contains(table);
        assertThat(Files.readString(DOCS.resolve("benchmarks/scale.svg"))).isEqualTo(ScaleReport.picture(figures));
        assertThat(page).contains(table);
        assertThat(page)
                .contains(String.format(
                        Locale.ROOT,
                        "| 10,000,000 users beside 10,000 | ≥ 0.75 | %.2f |",
                        median(figures, "users_share") / 100))
                .contains(String.format(
                        Locale.ROOT,
                        "| throughput beside that without a journal, realistic logins | ≥ 90 %% | %.0f %% |",
                        median(figures, "journal_throughput")));
    }

    private static Figure figure(JsonNode figure) {
        return new Figure(
                figure.path("name").asText(),
                figure.path("what").asText(),
                new Standing.Spread(
                        figure.path("value").asDouble(),
                        figure.path("least").asDouble(),
                        figure.path("most").asDouble()),
                figure.path("unit").asText());
    }

    private static double median(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .median();
    }
}

package io.gatehouse.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

        assertThat(report.path("commit").asText()).matches("[0-9a-f]{40}");
        assertThat(figures).hasSizeGreaterThanOrEqualTo(20);
        assertThat(Files.readString(DOCS.resolve("benchmarks/scale.md"))).contains(table);
        assertThat(Files.readString(DOCS.resolve("performance.md"))).contains(table);
    }

    private static Figure figure(JsonNode figure) {
        return new Figure(
                figure.path("name").asText(),
                figure.path("what").asText(),
                figure.path("value").asDouble(),
                figure.path("unit").asText());
    }
}

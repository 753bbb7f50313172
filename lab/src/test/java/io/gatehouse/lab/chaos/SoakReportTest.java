package io.gatehouse.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the documentation says of the long soak, held against what it wrote itself. */
class SoakReportTest {
    private static final Path PAGES = Path.of("../docs/reliability");

    @Test
    void thePageQuotesIt() throws Exception {
        JsonNode soak = new ObjectMapper().readTree(PAGES.resolve("soak.json").toFile());

        assertThat(soak.path("minutes").asDouble()).isGreaterThanOrEqualTo(60);
        assertThat(soak.path("commit").asText()).matches("[0-9a-f]{40}");
        assertThat(soak.path("growth").asDouble()).isLessThan(SoakResult.MOST_GROWTH);
        assertThat(Files.readString(PAGES.resolve("README.md")))
                .contains(String.format(
                        Locale.ROOT,
                        "%.0f minutes, %,d rebalances, %,d events checked: the live heap changed by %+.1f %%",
                        soak.path("minutes").asDouble(),
                        soak.path("rebalances").asInt(),
                        soak.path("events_checked").asLong(),
                        soak.path("growth").asDouble() * 100));
    }
}

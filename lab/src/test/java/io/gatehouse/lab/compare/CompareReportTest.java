package io.gatehouse.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareReportTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws Exception {
        Map<String, Contestant> all = Contestants.all();
        List<Standing> standings = List.of(
                standing(all.get("copy-keyed"), null, 400_000, 300_000, 410_000),
                standing(all.get("gatehouse-keyed"), null, 300_000, 330_000, 310_000),
                standing(all.get("flink"), "a session is <another>", 50_000, 60_000, 70_000),
                standing(all.get("python"), null, 5_000, 5_100, 4_900));
        new CompareReport(
                        new Stamp("abc", Instant.EPOCH, "tmpfs"),
                        new CompareSettings(
                                List.copyOf(all.values()),
                                3,
                                Timing.FULL,
                                true,
                                1_000,
                                100,
                                1,
                                4,
                                2_048,
                                Duration.ofMillis(100),
                                directory),
                        standings)
                .write(directory);
    }

    @Test
    void thePageHasMediansRangesAndTheShareOfTheCopy() throws Exception {
        assertThat(Files.readString(directory.resolve("compare.md")))
                .contains(
                        "| a plain copy | keyed | **400,000** (300,000 to 410,000) | 1.00 |",
                        "| Gatehouse | keyed | **310,000** (300,000 to 330,000) | 0.78 |",
                        "| gatehouse-keyed | threads=1 | 250,000 |");
    }

    @Test
    void whoIsWrongIsOut() throws Exception {
        assertThat(Files.readString(directory.resolve("compare.md")))
                .contains("| Flink | keyed | its results are wrong |", "## Flink is out", "a session is <another>");
        assertThat(json().path("contestants").get(2).path("disqualified").asText())
                .isEqualTo("a session is <another>");
    }

    @Test
    void weakerGuaranteesStandInATableOfTheirOwn() throws Exception {
        String page = Files.readString(directory.resolve("compare.md"));

        assertThat(page.indexOf("| Python, one process |")).isGreaterThan(page.indexOf("## Each login at least once"));
    }

    @Test
    void programsFindRoundsAndMedians() throws Exception {
        JsonNode gatehouse = json().path("contestants").get(1);

        assertThat(gatehouse.path("events_per_second").path("median").asLong()).isEqualTo(310_000);
        assertThat(gatehouse.path("rounds")).hasSize(3);
    }

    @Test
    void thePictureIsWellFormed() throws Exception {
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(directory.resolve("compare.svg").toFile())
                        .getElementsByTagName("rect")
                        .getLength())
                .isEqualTo(5);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(directory.resolve("compare.json").toFile());
    }

    private static Standing standing(Contestant contestant, String difference, double... rates) {
        return new Standing(
                contestant,
                Map.of("threads=1", 250_000.0),
                Arrays.stream(rates)
                        .mapToObj(rate -> new Result(rate, 4, 1, 2_500, difference))
                        .toList());
    }
}

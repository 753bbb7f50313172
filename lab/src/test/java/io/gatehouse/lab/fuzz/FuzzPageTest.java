package io.gatehouse.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documentation says of the last long runs, held against what they wrote themselves. */
class FuzzPageTest {
    private static final Path PAGES = Path.of("../docs/reliability");

    @Test
    void thePageQuotesTheLastLongRunOfEachTarget() throws Exception {
        List<FuzzRun> runs = FuzzReport.read(PAGES.resolve("fuzz.json"));
        String table = runs.stream()
                .map(run -> String.format(
                        Locale.ROOT,
                        "| `%s` | %.7s | %d | %,d | %,d | %,d | %,d | %d |",
                        run.target(),
                        run.commit(),
                        run.seconds(),
                        run.executions(),
                        run.executionsPerSecond(),
                        run.edges(),
                        run.corpus(),
                        run.findings()))
                .collect(Collectors.joining("\n"));

        assertThat(runs)
                .extracting(FuzzRun::target)
                .containsExactlyElementsOf(Arrays.stream(FuzzTarget.values())
                        .map(FuzzTarget::label)
                        .toList());
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.seconds()).isGreaterThanOrEqualTo(600);
            assertThat(run.commit()).matches("[0-9a-f]{40}");
        });
        assertThat(Files.readString(PAGES.resolve("fuzz.md"))).contains(table);
    }
}

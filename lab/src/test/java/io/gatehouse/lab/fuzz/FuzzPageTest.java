package io.gatehouse.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about fuzzing tells what the report does, of every target, and every finding that is kept. */
class FuzzPageTest {
    private static final Path DIRECTORY = Path.of("..", "docs", "reliability");
    private static final Path FINDINGS = Path.of("src", "test", "resources", "fuzz");
    private static final int COMMIT_SHOWN = 12;
    private static final long TEN_MINUTES_S = 600;

    private final List<FuzzRun> runs = FuzzReport.read(DIRECTORY.resolve("fuzz.json"));
    private final List<String> page = Files.readAllLines(DIRECTORY.resolve("fuzz.md"));

    FuzzPageTest() throws IOException {}

    @Test
    void thePageTellsTheReport() {
        int head = page.indexOf(
                "| target | commit | seconds | inputs tried | a second | branches | inputs kept | found |");
        assertThat(head).isPositive();
        assertThat(page.subList(head + 2, page.size()).stream().takeWhile(line -> line.startsWith("|")))
                .containsExactlyElementsOf(runs.stream().map(FuzzPageTest::row).toList());
    }

    @Test
    void eachTargetHasBeenTriedForTenMinutesOnACleanCommitAndNothingWasFound() {
        assertThat(runs)
                .extracting(FuzzRun::target)
                .containsExactlyElementsOf(Arrays.stream(FuzzTarget.values())
                        .map(FuzzTarget::label)
                        .toList());
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.seconds()).isGreaterThanOrEqualTo(TEN_MINUTES_S);
            assertThat(run.commit()).matches("[0-9a-f]{40}");
            assertThat(run.findings()).isZero();
        });
    }

    @Test
    void everyFindingThatIsKeptIsTold() throws IOException {
        try (Stream<Path> files = Files.walk(FINDINGS)) {
            List<String> kept = files.filter(Files::isRegularFile)
                    .map(file -> "| `" + file.getFileName() + "` |")
                    .toList();
            assertThat(kept).isNotEmpty().allSatisfy(cell -> assertThat(page).anyMatch(line -> line.endsWith(cell)));
        }
    }

    private static String row(FuzzRun run) {
        return String.format(
                Locale.ROOT,
                "| `%s` | `%s` | %d | %,d | %,d | %,d | %,d | %d |",
                run.target(),
                run.commit().substring(0, COMMIT_SHOWN),
                run.seconds(),
                run.executions(),
                run.executionsPerSecond(),
                run.edges(),
                run.corpus(),
                run.findings());
    }
}

package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.reference.CheckReport.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check itself is checked: it finds each defect, and none where there is none. Much of it is waiting. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SeededDefectsTest {
    private static final Path PAGE = Path.of("..", "docs", "reliability", "checker.md");

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @ParameterizedTest
    @EnumSource
    void isFoundAndCalledByItsName(SeededDefect defect) throws Exception {
        try (DefectStage stage = new DefectStage(BROKER.bootstrap(), name(defect), defect.inputKey())) {
            assertThat(defect.play(stage)).contains(defect.found());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutADefectNothingIsFound(KeyChoice key) throws Exception {
        try (DefectStage stage = new DefectStage(BROKER.bootstrap(), "sound-" + name(key), key)) {
            stage.traffic();
            stage.work();
            stage.stop();
            stage.traffic();
            stage.work();
            assertThat(stage.nothingFound()).isEmpty();
        }
    }

    @Test
    void thereIsADefectOfEachKind() {
        assertThat(Arrays.stream(SeededDefect.values()).map(SeededDefect::found))
                .containsAll(Arrays.stream(Kind.values()).map(Kind::name).toList());
    }

    @Test
    void thePageTellsOfEachDefect() throws Exception {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(SeededDefect.values())
                        .map(defect -> "| `" + name(defect) + "` | " + defect.what() + " | " + defect.found() + " |")
                        .toList());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

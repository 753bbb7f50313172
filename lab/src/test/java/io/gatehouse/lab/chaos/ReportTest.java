package io.gatehouse.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.reference.CheckReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final PipelineCheck.Report CONTENT = report(Map.of());

    @TempDir
    private Path directory;

    @Test
    void recoveriesAreToldByKindWithTheirSpread() throws Exception {
        List<Happening> happenings = IntStream.rangeClosed(1, 100)
                .mapToObj(second -> survived("worker-freeze", second))
                .toList();
        write(new ChaosResult(happenings, List.of(), CONTENT, 0, Duration.ofSeconds(2), null));

        assertThat(page())
                .contains("**Content.**", "| `worker-freeze` |", "| 100 | 50.0 s | 99.0 s | 100.0 s |")
                .doesNotContain("What is wrong");
        assertThat(Files.readString(directory.resolve("chaos.json")))
                .contains("\"events_checked\" : 12", "\"faults_survived\" : 100", "\"p50\" : 50.0");
    }

    @Test
    void aFaultThatIsNotSurvivedMakesTheRunWrong() throws Exception {
        Happening failed = new Happening("burst", 0, 1, null, "what waited was not worked off", false);
        ChaosResult result = new ChaosResult(List.of(failed), List.of(), CONTENT, 0, null, null);
        write(result);

        assertThat(result.isContent()).isFalse();
        assertThat(page()).contains("**NOT content.**", "NOT_SURVIVED: 1", "burst: what waited");
    }

    @Test
    void aDifferenceMakesTheRunWrong() throws Exception {
        PipelineCheck.Report lost = report(Map.of(CheckReport.Kind.MISSING, 3L));
        ChaosResult result = new ChaosResult(List.of(survived("burst", 1)), List.of(), lost, 0, null, null);
        write(result);

        assertThat(result.isContent()).isFalse();
        assertThat(page()).contains("MISSING: 3");
    }

    @Test
    void withoutACheckNothingIsContent() {
        assertThat(new ChaosResult(List.of(), List.of(), null, 0, null, null).isContent())
                .isFalse();
    }

    @Test
    void whatCouldNotBeMadeIsLeftOutAndSaid() throws Exception {
        Happening leftOut = new Happening("disk-full", 0, 1, null, "nothing may be mounted", true);
        ChaosResult result = new ChaosResult(List.of(leftOut), List.of(), CONTENT, 0, null, null);
        write(result);

        assertThat(result.isContent()).isTrue();
        assertThat(result.survived()).isZero();
        assertThat(page()).contains("| `disk-full` |", "left out: nothing may be mounted");
    }

    @Test
    void thePictureIsWellFormed() throws Exception {
        List<Watch.Point> points = IntStream.range(0, 200)
                .mapToObj(i -> new Watch.Point(i * 500L, i * 500L, i * 400L, i * 100L))
                .toList();
        write(new ChaosResult(List.of(survived("burst", 3)), points, CONTENT, 0, null, null));

        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(directory.resolve("chaos.svg").toFile())
                        .getElementsByTagName("polyline")
                        .getLength())
                .isEqualTo(3);
    }

    private static Happening survived(String kind, int seconds) {
        return Happening.survived(kind, 0, seconds * 1000L, Duration.ofSeconds(seconds));
    }

    private static PipelineCheck.Report report(Map<CheckReport.Kind, Long> counts) {
        return new PipelineCheck.Report(new CheckReport(12, 10, 2, 12, 3, 4, counts, List.of()), Map.of());
    }

    private String page() throws Exception {
        return Files.readString(directory.resolve("chaos.md"));
    }

    private void write(ChaosResult result) throws Exception {
        ChaosSettings settings = new ChaosSettings(
                7,
                Duration.ofMinutes(5),
                0,
                Faults.all(1_000),
                1_000,
                20_000,
                0.02,
                KeyChoice.USER,
                3,
                12,
                directory,
                directory,
                1_024,
                Map.of());
        new ChaosReport("abc", Instant.EPOCH, settings, result).write(directory);
    }
}

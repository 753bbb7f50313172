package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aShortRunFindsNothingKeepsWhatItLearntAndReportsIt() throws IOException {
        Path corpus = directory.resolve("ip");
        Path report = directory.resolve("fuzz.json");

        int exitCode = run("ip", "--minutes", "0.1", "--seed", "7", "--corpus", "" + corpus, "--report", "" + report);

        assertThat(exitCode).as(out + "\n" + err).isZero();
        assertThat(out.toString()).contains("ip, seed 7, corpus in " + corpus).contains(" executions in ");
        assertThat(corpus).isNotEmptyDirectory();
        assertThat(FuzzReport.read(report)).singleElement().satisfies(run -> {
            assertThat(run.target()).isEqualTo("ip");
            assertThat(run.seed()).isEqualTo(7);
            assertThat(run.executions()).isGreaterThan(100);
            assertThat(run.edges()).isGreaterThan(500);
            assertThat(run.corpus()).isPositive();
            assertThat(run.findings()).isZero();
        });
    }

    @Test
    void oneInputIsReplayed() throws IOException {
        Path input = Files.write(directory.resolve("input"), "1.2.3.4".getBytes(UTF_8));

        assertThat(run("ip", "--replay", "" + input)).isZero();
        assertThat(out.toString()).contains("ip: holds for " + input);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "ip --minutes 0",
                "ip --seed 0",
                "ip --seed 4294967296",
                "ip --minutes few",
                "ip --replay nowhere"
            })
    void wrongUsageIsSaidAndStartsNothing(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("fuzz");
    }

    @Test
    void theTargetsAreNamedAsTheyAreWritten() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("decoder, ip, version, timestamp, journal, geo, configuration");
    }

    @Test
    void aStatusLineIsReadAndAnyOtherPassedOver() {
        assertThat(FuzzStatus.in(
                        "#105863\tREDUCE cov: 1934 ft: 2411 corp: 241/5315b lim: 184 exec/s: 7057 rss: 728Mb L: 9/150"))
                .contains(new FuzzStatus(105_863, 1934, 241));
        assertThat(FuzzStatus.in("#8192\tpulse  cov: 1 ft: 2 corp: 3/4b lim: 4 exec/s: 5 rss: 6Mb"))
                .contains(new FuzzStatus(8192, 1, 3));
        assertThat(List.of("", "#2", "INFO: Instrumented a.B (took 2 ms)", "Done 131104 runs in 31 second(s)"))
                .allSatisfy(line -> assertThat(FuzzStatus.in(line)).isEmpty());
    }

    @Test
    void aReportTellsTheLastRunOfEachTargetInTheirOrder() throws IOException {
        Path report = directory.resolve("fuzz.json");
        FuzzReport.add(report, run(FuzzTarget.GEO, 1));
        FuzzReport.add(report, run(FuzzTarget.DECODER, 2));
        FuzzReport.add(report, run(FuzzTarget.GEO, 3));

        assertThat(FuzzReport.read(report)).containsExactly(run(FuzzTarget.DECODER, 2), run(FuzzTarget.GEO, 3));
    }

    private static FuzzRun run(FuzzTarget target, long seed) {
        return new FuzzRun(target.label(), "abc", "2026-01-01T00:00:00Z", "17.0.1", 2, seed, 60, 600_000, 700, 80, 0);
    }

    private int run(String... arguments) {
        return Gatehouse.commandLine()
                .addSubcommand(new FuzzCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments(arguments));
    }

    private static String[] arguments(String[] ofFuzz) {
        String[] all = new String[ofFuzz.length + 1];
        all[0] = "fuzz";
        System.arraycopy(ofFuzz, 0, all, 1, ofFuzz.length);
        return all;
    }
}

package io.gatehouse.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GenerateCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate -1",
                "--events -1",
                "--partitions 0",
                "--span 3d",
                "--span 3 --events 1",
                "--faults 2",
                "--users 0",
                "--to-file x",
                "--start-time 1999-01-01T00:00:00Z",
                "--start-time 2999-01-01T00:00:00Z"
            })
    void wrongUsageIsToldAndExitsWithTwo(String options) {
        assertThat(execute(options.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void theStartTimeAndTheSeedMakeTheSameFileAgain() throws Exception {
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        for (Path file : new Path[] {one, other}) {
            int exitCode = execute(
                    "--to-file",
                    file.toString(),
                    "--events",
                    "500",
                    "--profile",
                    "realistic",
                    "--span",
                    "2d",
                    "--seed",
                    "7",
                    "--faults",
                    "0.1",
                    "--start-time",
                    "2026-03-01T00:00:00Z");
            assertThat(exitCode).isZero();
        }
        assertThat(other).hasSameBinaryContentAs(one);
        assertThat(Files.readAllBytes(one)).isNotEmpty();
        assertThat(err.toString()).contains("seed 7", "Sent 500, acknowledged 500", "accepted");
    }

    private int execute(String... arguments) {
        return new CommandLine(new GenerateCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

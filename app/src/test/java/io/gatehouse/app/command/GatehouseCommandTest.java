package io.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GatehouseCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpIsPrintedAndSucceeds() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: gatehouse");
    }

    @Test
    void theVersionIsTheOneThatWasBuilt() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString().strip()).matches("gatehouse \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void noCommandAtAllIsWrongUsage() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("which command?");
    }

    @Test
    void anUnknownCommandIsWrongUsage() {
        assertThat(execute("rnu")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "broker", "generate", "lab"})
    void aCommandOfTheSourceTreeIsToldToBeElsewhere(String command) {
        assertThat(execute(command, "--seed", "7")).isEqualTo(2);
        assertThat(err.toString()).contains("not part of the production distribution", "./gatehouse " + command);
        assertThat(out.toString()).isEmpty();
    }

    /** A rehearsal that failed would only make starts slower, and nobody would notice. */
    @Test
    void aStartIsRehearsedWithoutKafka() {
        assertThat(execute("rehearse")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private int execute(String... arguments) {
        CommandLine command = Gatehouse.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}

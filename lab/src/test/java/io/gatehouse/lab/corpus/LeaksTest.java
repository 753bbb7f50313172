package io.gatehouse.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaksTest {
    private static final String GOOD = "2026-01-01T00:00:00.000Z WARN  [worker-0] deadletter: refused user-login/0/1";

    @TempDir
    private Path directory;

    @Test
    void anOrdinaryLogWithATraceHasNone() throws Exception {
        assertThat(leaks(GOOD + "\n    java.io.IOException: gone\n        at a.B.c(B.java:1)\n" + GOOD + "\n"))
                .isEmpty();
    }

    @Test
    void aLineThatAnEventBeganIsFound() throws Exception {
        assertThat(leaks(GOOD + " a\nERROR all is lost\n" + GOOD + "\n"))
                .containsExactly("line 2 of the log is none of Gatehouse's: ERROR all is lost");
    }

    @Test
    void controlCharactersAreFoundAndToldWithoutThem() throws Exception {
        assertThat(leaks(GOOD + " \u001B[2J\n"))
                .singleElement()
                .asString()
                .contains("control characters", "\\u001b[2J");
        assertThat(leaks(GOOD + " a\rb\n")).hasSize(1);
        assertThat(leaks(GOOD + " a\u2028b\n")).hasSize(1);
        assertThat(leaks(GOOD + " a\u202Eb\n")).hasSize(1);
    }

    @Test
    void anEventsTextIsFound() throws Exception {
        assertThat(leaks(GOOD + " of " + Entries.MARK + "-7\n"))
                .singleElement()
                .asString()
                .contains("repeats an event's text");
    }

    private List<String> leaks(String log) throws Exception {
        Path file = Files.writeString(directory.resolve("log"), log, StandardCharsets.UTF_8);
        return Leaks.inLog(Leaks.linesOf(file));
    }
}

package io.gatehouse.app.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DlqCommandTest {
    private static final Instant NOW = Instant.parse("2024-03-01T12:00:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "stats", "replay", "export"})
    void helpShowsExamples(String command) {
        assertThat(execute("dlq", command, "--help")).isZero();
        assertThat(out.toString()).contains("gatehouse dlq " + command + " --config", "Exit codes:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "list --reason odd                   | 'odd' is none of empty_value, too_large",
                "list --field odd                    | 'odd' is none of user_id, timestamp",
                "list --from yesterday               | 'yesterday' is none of: a time",
                "list --source user-login            | 'user-login' is not TOPIC/PARTITION",
                "list --limit 0                      | --limit must be from 1 to",
                "stats --limit 5000                  | --limit must be from 1 to 1000",
                "show elsewhere                      | elsewhere is not TOPIC/PARTITION/OFFSET",
                "replay --cast a=long                | --cast a=long is not NAME=string, number, integer or boolean",
                "replay --set a=x                    | --set a=x is not NAME=JSON",
                "replay --rename a                   | --rename a is not OLD=NEW",
                "replay --rate -1                    | --rate must be from 0",
                "replay --max-attempts 0             | --max-attempts must be from 1",
                "replay --execute --log              | mutually exclusive",
                "export                              | --out"
            })
    void wrongUsageNamesTheOptionAndWhatIsAllowed(String arguments, String message) {
        assertThat(execute(("dlq " + arguments).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void noCommandAtAllIsWrongUsage() {
        assertThat(execute("dlq")).isEqualTo(2);
        assertThat(err.toString()).contains("which command?");
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 2024-03-01T11:58:30Z",
        "15m, 2024-03-01T11:45:00Z",
        "2h, 2024-03-01T10:00:00Z",
        "3d, 2024-02-27T12:00:00Z",
        "1709294400000, 2024-03-01T12:00:00Z",
        "2024-03-01T13:00:00+01:00, 2024-03-01T12:00:00Z"
    })
    void aMomentIsATimeOrHowLongAgo(String text, Instant moment) {
        assertThat(Moment.parse(text, NOW).at()).isEqualTo(moment);
    }

    @Test
    void aDifferenceIsShownWithALittleOfWhatIsTheSame() {
        String same = "x".repeat(100);
        Difference difference =
                Difference.of((same + "uid" + same).getBytes(UTF_8), (same + "user_id" + same).getBytes(UTF_8));
        assertThat(difference.before()).matches("…x{39}uidx{38}…");
        assertThat(difference.after()).matches("…x{39}user_idx{38}…");
        assertThat(Difference.of(null, "a".getBytes(UTF_8))).isEqualTo(new Difference("no value", "a"));
    }

    @Test
    void bytesAreShownAsTextAndInHexadecimalWithoutReachingTheTerminal() {
        HexDump.print(new PrintWriter(out, true), "a\u001b[31mé".getBytes(UTF_8));
        assertThat(out.toString())
                .contains("  a\\u001b[31mé", "  00000000  61 1b 5b 33 31 6d c3 a9", "|a.[31m..|")
                .doesNotContain("\u001b");
    }

    @Test
    void whatIsTooLongToBeReadIsCutAndSaidToBe() {
        HexDump.print(new PrintWriter(out, true), new byte[5_000]);
        assertThat(out.toString()).contains("… and 904 bytes more");
    }

    private int execute(String... arguments) {
        return Gatehouse.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

package io.gatehouse.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LabTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "process",
                "topics",
                "config",
                "capacity",
                "lag",
                "status",
                "demo",
                "generate",
                "broker",
                "lab"
            })
    void everyCommandHasHelp(String command) {
        assertThat(execute(command, "--help")).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("Usage: gatehouse " + command);
    }

    @Test
    void onlyTheCommandThatIsCalledIsMade() {
        assertThat(Lab.commandLine("demo", "--help").getSubcommands()).containsOnlyKeys("demo");
        assertThat(Lab.commandLine("damo").getSubcommands()).containsKeys("demo", "run");
    }

    /** What it says of them is tried out there, with these names. */
    @Test
    void theProductionDistributionKnowsWhatItLacks() {
        Set<String> lacking = new TreeSet<>(Lab.commandLine().getSubcommands().keySet());
        lacking.removeAll(Gatehouse.commandLine().getSubcommands().keySet());
        assertThat(lacking).containsExactly("broker", "demo", "generate", "lab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check --everything", "everything", "check everything"})
    void whatIsNotUnderstoodInASourceTreeIsToldAsAnywhere(String words) {
        assertThat(execute(("lab " + words).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("everything").doesNotContain("production");
    }

    @ParameterizedTest
    @ValueSource(strings = {"realistic", "reference"})
    void theDemoEndsWithAllThatWentInAccountedForAndAsTheContractSays(String profile) {
        String[] brief = {"--for", "3s", "--rate", "100", "-D", "session.gap=1s", "-D", "sessions.lateness=0s"};
        String[] demo = {"demo", "--kafka-port", "0", "--http-port", "0", "--seed", "7", "--profile", profile};
        assertThat(execute(Stream.concat(Stream.of(demo), Stream.of(brief)).toArray(String[]::new)))
                .as(() -> out + "\n" + err)
                .isZero();
        assertThat(out.toString())
                .containsPattern("Kafka listens on 127\\.0\\.0\\.1:\\d+")
                .contains("user-login", "processed-user-login", "user-login-dlq", "isolation.level=read_committed")
                .contains("/health/ready")
                .containsPattern("00:03 +in \\d+/s +out \\d+/s +lag \\d+")
                .containsPattern("In +[\\d,]+ events: [\\d,]+ generated, 0 by others")
                .contains("Nothing is left over.")
                .containsPattern("The session closed last \\(login-sessions\\):\\s+\\{\"user_id\":")
                .containsPattern(
                        "Statistics of a window \\(login-stats\\):\\s+\\{\"schema_version\":1,\"kind\":\"logins\"")
                .containsPattern(
                        "The checker is content: [\\d,]+ in, [\\d,]+ exactly as they must be, [1-9][\\d,]* closed sessions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--kafka-port", "--http-port"})
    void aBusyPortIsToldWithTheOptionThatChangesIt(String option) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String other = option.equals("--kafka-port") ? "--http-port" : "--kafka-port";
            assertThat(execute("demo", other, "0", option, port)).isEqualTo(1);
            assertThat(err.toString()).contains(port).contains(option);
        }
    }

    @Test
    void aBusyPortOfTheBrokerIsToldToo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(execute("broker", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("--port");
        }
    }

    private int execute(String... arguments) {
        CommandLine command = Lab.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}

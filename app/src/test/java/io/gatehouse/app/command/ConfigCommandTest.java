package io.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyValueIsShownWithItsOrigin() throws IOException {
        Path file = Files.writeString(directory.resolve("g.properties"), "input.topic=logins\n");

        assertThat(execute("config", "--config", file.toString(), "-D", "kafka.linger.ms=7"))
                .isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "input.topic logins " + file + ", line 1",
                        "kafka.producer.linger.ms 7 -D",
                        "session.gap 30m default");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(execute("config", "-D", "kafka.ssl.key.password=hunter2")).isZero();
        assertThat(out.toString()).contains("kafka.consumer.ssl.key.password").doesNotContain("hunter2");
    }

    @Test
    void checkingAValidConfigurationSucceeds() {
        assertThat(execute("config", "--check", "-D", "kafka.bootstrap.servers=localhost:9092"))
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("the configuration is valid");
    }

    @Test
    void checkingReportsEveryMistakeAndFails() {
        assertThat(execute("config", "--check", "-D", "http.port=x", "-D", "start=now"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("gatehouse: the configuration has 3 mistakes:\n  ")
                .contains("http.port", "start", "kafka.bootstrap.servers")
                .doesNotContain("\tat ");
    }

    @Test
    void theReferenceCanBeUsedAsAFile() throws IOException {
        assertThat(execute("config", "--reference")).isZero();
        Path file = Files.writeString(directory.resolve("g.properties"), out.toString());

        assertThat(execute(
                        "config",
                        "--check",
                        "--config",
                        file.toString(),
                        "-D",
                        "kafka.bootstrap.servers=localhost:9092"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void twoWishesAtOnceAreWrongUsage() {
        assertThat(execute("config", "--check", "--reference")).isEqualTo(2);
    }

    private int execute(String... arguments) {
        CommandLine command = Gatehouse.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}

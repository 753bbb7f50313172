package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.engine.Engine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page about dead letters, walked through: its commands as they stand there, one after another, in a shell. */
@Timeout(300)
class DeadLettersPageTest {
    private static final Path PAGE = Path.of("../docs/dead-letters.md");
    private static final int LOGINS = 970;
    private static final int FAULTY = 30;

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageDoesWhatThePageSays() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(
                                BROKER.bootstrap(),
                                "gatehouse",
                                "input.topic=user-login",
                                "dead-letter.topic=user-login-dlq",
                                "input.partitioning=keyed")
                        .createTopics();
                FaultyProducer producer = new FaultyProducer(pipeline.kafka(), "user-login")) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitPartitions(engine);
            producer.logins(LOGINS / 2);
            producer.faulty(FAULTY);
            producer.logins(LOGINS / 2);
            producer.send("x", "hello");
            LivePipeline.await(() -> engine.status().tally().accepted() == LOGINS);
            prepare(pipeline);

            StringBuilder said = new StringBuilder();
            for (String command : commands()) {
                said.append(run(command));
            }
            assertThat(said)
                    .contains("ios 4.2.1 began to omit user_id at", "of its logins (30 letters, the last at")
                    .contains("today                          refused: missing_field user_id")
                    .contains("30   pass", "Nothing was sent. Add --execute to do it.")
                    .contains("30 sent to user-login", "30 left: replayed before", "--rename uid=user_id")
                    .contains("letters.jsonl: 30 letters");
            LivePipeline.await(() -> engine.status().tally().accepted() == LOGINS + FAULTY);
        }
    }

    /** What stands in the blocks of shell commands. */
    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean isShell = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                isShell = line.equals("```sh");
            } else if (isShell) {
                commands.add(line);
            }
        }
        assertThat(commands).hasSizeGreaterThan(12);
        return commands;
    }

    /** The configuration that the page speaks of, and a launcher for its commands. */
    private void prepare(LivePipeline pipeline) throws IOException {
        // What is given last counts, and in a file nothing may stand twice.
        Map<String, String> settings = new LinkedHashMap<>();
        pipeline.arguments("x").stream()
                .filter(word -> word.contains("="))
                .forEach(setting -> settings.put(setting.substring(0, setting.indexOf('=')), setting));
        Files.write(directory.resolve("gatehouse.properties"), settings.values());
        Path launcher = Files.createFile(
                directory.resolve("gatehouse"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + System.getProperty("java.home")
                        + "/bin/java' -Xmx128m -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' " + Gatehouse.class.getName() + " \"$@\"\n");
    }

    private String run(String command) throws Exception {
        Path said = directory.resolve("said");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment().merge("PATH", directory.toString(), (path, own) -> own + File.pathSeparator + path);
        Process process = shell.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(said, UTF_8);
        assertThat(process.exitValue()).as(command + "\n" + text).isZero();
        return text;
    }
}

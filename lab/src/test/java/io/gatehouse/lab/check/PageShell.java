package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
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
import org.apache.kafka.tools.AclCommand;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;

/** A shell in which the commands of a page run as they stand there, on a live pipeline. */
final class PageShell {
    private static final Path DOCS = Path.of("../docs");

    private final Path directory;
    private final String bootstrap;

    private PageShell(Path directory, String bootstrap) {
        this.directory = directory;
        this.bootstrap = bootstrap;
    }

    /** A shell for pages that use Kafka's own tools as anybody. */
    static PageShell in(Path directory, LivePipeline pipeline) throws IOException {
        return in(directory, pipeline, pipeline.kafka());
    }

    /**
     * A shell with the configuration that the pages speak of, and launchers for their commands.
     *
     * @param admin how Kafka's own tools connect
     */
    static PageShell in(Path directory, LivePipeline pipeline, Map<String, Object> admin) throws IOException {
        // What is given last counts, and in a file nothing may stand twice.
        Map<String, String> settings = new LinkedHashMap<>();
        pipeline.arguments("x").stream()
                .filter(word -> word.contains("="))
                .forEach(setting -> settings.put(setting.substring(0, setting.indexOf('=')), setting));
        Files.write(directory.resolve("gatehouse.properties"), settings.values());
        Files.write(
                directory.resolve("admin.properties"),
                admin.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        PageShell shell = new PageShell(directory, (String) admin.get("bootstrap.servers"));
        shell.launcher("gatehouse", Gatehouse.class);
        shell.launcher("kafka-acls.sh", AclCommand.class);
        shell.launcher("kafka-consumer-groups.sh", ConsumerGroupCommand.class);
        return shell;
    }

    private void launcher(String name, Class<?> main) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(
                file,
                "#!/bin/sh\nexec '" + System.getProperty("java.home")
                        + "/bin/java' -Xmx128m -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' " + main.getName() + " \"$@\"\n");
    }

    /** What stands in a page's blocks of shell commands. */
    static List<String> commandsOf(String page) throws IOException {
        return blocksOf(page).stream().flatMap(List::stream).toList();
    }

    /** The same, block by block. */
    static List<List<String>> blocksOf(String page) throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        boolean isShell = false;
        for (String line : Files.readAllLines(DOCS.resolve(page))) {
            if (line.startsWith("```")) {
                isShell = line.equals("```sh");
                if (isShell) {
                    blocks.add(new ArrayList<>());
                }
            } else if (isShell) {
                blocks.get(blocks.size() - 1).add(line);
            }
        }
        return blocks;
    }

    /** What commands say, one after another; each must end well. */
    String run(List<String> commands) throws Exception {
        StringBuilder said = new StringBuilder();
        for (String command : commands) {
            said.append(run(command));
        }
        return said.toString();
    }

    /** What a command says; it must end well. */
    String run(String command) throws Exception {
        Path said = directory.resolve("said");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment().put("KAFKA", bootstrap);
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

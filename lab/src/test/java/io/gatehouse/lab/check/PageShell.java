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

/** A shell in which the commands of a page run as they stand there, on a live pipeline. */
final class PageShell {
    private static final Path DOCS = Path.of("../docs");

    private final Path directory;

    private PageShell(Path directory) {
        this.directory = directory;
    }

    /** A shell with the configuration that the pages speak of, and a launcher for their commands. */
    static PageShell in(Path directory, LivePipeline pipeline) throws IOException {
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
        return new PageShell(directory);
    }

    /** What stands in a page's blocks of shell commands. */
    static List<String> commandsOf(String page) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean isShell = false;
        for (String line : Files.readAllLines(DOCS.resolve(page))) {
            if (line.startsWith("```")) {
                isShell = line.equals("```sh");
            } else if (isShell) {
                commands.add(line);
            }
        }
        return commands;
    }

    /** What a command says; it must end well. */
    String run(String command) throws Exception {
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

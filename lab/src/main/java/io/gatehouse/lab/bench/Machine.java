package io.gatehouse.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a figure was measured on. */
public final class Machine {
    private Machine() {}

    public static String describe() {
        return model() + ", " + Runtime.getRuntime().availableProcessors() + " CPUs, " + System.getProperty("os.name")
                + " " + System.getProperty("os.version");
    }

    /** What kind of file system a directory is on: {@code tmpfs} is memory. */
    public static String describeDisk(Path directory) throws IOException {
        return Files.getFileStore(directory).type();
    }

    /** What Linux calls the processor; elsewhere only the architecture is known. */
    private static String model() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}

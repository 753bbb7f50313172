package io.gatehouse.lab.fuzz;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Jazzer as a process of its own, on this Java and this class path. It stops at the first input that breaks the property,
 * and never outlives this process, unless this one is itself killed.
 */
final class Fuzzer implements AutoCloseable {
    /** What no input may take: none comes near it, and what grows without bound is seen soon. */
    private static final int HEAP_MEGABYTES = 512;

    /** Far more than any takes on a machine that has other work, too. */
    private static final int LONGEST_INPUT_S = 60;

    private static final long GONE_WITHIN_S = 30;
    /** How the line begins that it says when its time begins. */
    private static final String BEGUN = "INFO: Seed:";
    /** What stands before the file that it has written an input to, at the end of a line. */
    private static final String FOUND = "Test unit written to ";

    private final FuzzPaths paths;
    private final Process process;
    private final Thread reader = new Thread(this::read, "fuzzer-output");
    private final Thread onExit = new Thread(this::destroy);
    private volatile FuzzStatus status = FuzzStatus.NOTHING_YET;
    /** From when on its time counts: before, it only gets ready. */
    private volatile long begunNs;

    private volatile boolean isBegun;
    private volatile String finding;

    private Fuzzer(FuzzPaths paths, Process process) {
        this.paths = paths;
        this.process = process;
    }

    static Fuzzer start(FuzzTarget target, FuzzPaths paths, Duration length, long seed) throws IOException {
        Process process = new ProcessBuilder(command(target, paths, length, seed))
                .redirectErrorStream(true)
                .start();
        Fuzzer fuzzer = new Fuzzer(paths, process);
        Runtime.getRuntime().addShutdownHook(fuzzer.onExit);
        fuzzer.reader.start();
        return fuzzer;
    }

    private static List<String> command(FuzzTarget target, FuzzPaths paths, Duration length, long seed) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--target_args=" + target.label(),
                "--instrumentation_includes=io.gatehouse.**",
                "--custom_hook_includes=io.gatehouse.**",
                "--reproducer_path=" + paths.findings(),
                "-artifact_prefix=" + paths.findings() + File.separator,
                "-max_len=" + target.maxInputBytes(),
                "-max_total_time=" + length.toSeconds(),
                "-timeout=" + LONGEST_INPUT_S,
                "-seed=" + seed));
        if (!target.property().words().isEmpty()) {
            command.add("-dict=" + paths.words());
        }
        command.add(paths.corpus().toString());
        command.add(paths.seeds().toString());
        return command;
    }

    private void read() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter log = new PrintWriter(Files.newBufferedWriter(paths.log()))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                log.println(line);
                take(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String line) {
        if (line.startsWith(BEGUN)) {
            begunNs = System.nanoTime();
            isBegun = true;
        }
        FuzzStatus.in(line).ifPresent(newStatus -> status = newStatus);
        int found = line.indexOf(FOUND);
        if (found >= 0) {
            finding = line.substring(found + FOUND.length());
        }
    }

    /** How long it has been trying inputs by now. */
    Duration passed() {
        return isBegun ? Duration.ofNanos(System.nanoTime() - begunNs) : Duration.ZERO;
    }

    /** The file with the input for which the property does not hold; only after it has ended. */
    Optional<String> finding() {
        return Optional.ofNullable(finding);
    }

    /** What it last said of itself. */
    FuzzStatus status() {
        return status;
    }

    /** Whether it has ended, waiting at most so long for it. */
    boolean hasEnded(Duration longest) throws InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        reader.join(TimeUnit.SECONDS.toMillis(GONE_WITHIN_S));
        return true;
    }

    /** Its exit code; only after it has ended. */
    int exitCode() {
        return process.exitValue();
    }

    private void destroy() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        destroy();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException exiting) {
            destroy();
        }
    }
}

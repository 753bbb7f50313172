package io.gatehouse.lab.process;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that may be killed, stopped and started again, and never outlives this one. One life at a time; the methods
 * may be called from several threads, but not two of them that start or end it.
 */
public final class ChildProcess implements AutoCloseable {
    private static final long GONE_WITHIN_S = 30;
    /** Options about the archive of this class path's classes, which the launcher has Java keep. */
    private static final List<String> CLASS_ARCHIVE = List.of("-XX:SharedArchiveFile=", "-Xlog:cds");

    private final String name;
    private final Path log;
    private volatile Map<String, String> environment = Map.of();
    private volatile Process process;

    /**
     * @param name what messages call it
     * @param log where all its output is appended, life after life
     */
    public ChildProcess(String name, Path log) {
        this.name = name;
        this.log = log;
    }

    /** A command that runs a class's main method on this Java and this class path. */
    public static List<String> java(List<String> options, Class<?> main, String... arguments) {
        return java(options, System.getProperty("java.class.path"), main, arguments);
    }

    /** The same on another class path. */
    public static List<String> java(List<String> options, String classPath, Class<?> main, String... arguments) {
        return java(options, classPath, main.getName(), arguments);
    }

    /** The same of a class that this process does not know. */
    public static List<String> java(List<String> options, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        if (classPath.equals(System.getProperty("java.class.path"))) {
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(own -> CLASS_ARCHIVE.stream().anyMatch(own::startsWith))
                    .forEach(command::add);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Variables that its next lives find in their environment, besides those of this process. */
    public void environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    /** @throws ProcessException if it lives, or cannot be started */
    public void start(List<String> command) {
        if (isAlive()) {
            throw new ProcessException(name + " is running");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ProcessException(name + " could not be started: " + e.getMessage(), e);
        }
        killWithThisProcess();
    }

    private void killWithThisProcess() {
        try {
            LastWill will = LastWill.of("kill", "-KILL", Long.toString(pid()));
            // Another process may be given the same number later.
            process.onExit().thenRun(will::revoke);
        } catch (ProcessException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Of its present, or last, life. */
    public long pid() {
        return process.pid();
    }

    /** CPU time that its present life has used so far. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Its exit code; only after it has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(GONE_WITHIN_S, TimeUnit.SECONDS)) {
            throw new ProcessException(name + " (process " + pid() + ") survives SIGKILL");
        }
    }

    /** SIGTERM; returns whether it ended within this time, with whatever exit code. */
    public boolean terminate(Duration longest) throws InterruptedException {
        process.destroy();
        return awaitEnd(longest);
    }

    /** Waits for it to end by itself; returns whether it did within this time. */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        return process.waitFor(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** SIGSTOP: it does nothing more, and keeps all it has, until it is resumed or killed. */
    public void pause() throws InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on, as if no time had passed. */
    public void resume() throws InterruptedException {
        signal("CONT");
    }

    /** Java sends only the two signals that end a process. */
    private void signal(String signal) throws InterruptedException {
        try {
            int exitCode = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new ProcessException(name + " (process " + pid() + ") takes no SIG" + signal + ": it has ended");
            }
        } catch (IOException e) {
            throw new ProcessException("SIG" + signal + " could not be sent: " + e.getMessage(), e);
        }
    }

    /** Kills it if it still runs; returns when it is gone. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly()
                    .onExit()
                    .orTimeout(GONE_WITHIN_S, TimeUnit.SECONDS)
                    .join();
        }
    }
}

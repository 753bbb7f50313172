package io.gatehouse.lab.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A {@code gatehouse run} as a process of its own, which may be killed and started again. It never outlives this
 * process, unless this one is itself killed.
 */
public final class WorkerProcess implements AutoCloseable {
    private static final long GONE_WITHIN_S = 30;

    private final int number;
    private final Function<String, List<String>> command;
    private final Path log;
    private final Thread onExit = new Thread(this::destroy);
    private int lives;
    private volatile Process process;

    /**
     * @param command what is run, by instance id
     * @param log where all its output is appended, life after life
     */
    public WorkerProcess(int number, Function<String, List<String>> command, Path log) {
        this.number = number;
        this.command = command;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    public int number() {
        return number;
    }

    public Path log() {
        return log;
    }

    /** The instance id of its present, or last, life; each life has another one. */
    public String instanceId() {
        return "worker-" + number + "-life-" + lives;
    }

    public void start() {
        lives++;
        try {
            process = new ProcessBuilder(command.apply(instanceId()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new ProcessException("worker " + number + " could not be started: " + e.getMessage(), e);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
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
            throw new ProcessException("worker " + number + " (process " + process.pid() + ") survives SIGKILL");
        }
    }

    /** SIGTERM; returns whether it ended within this time with exit code 0. */
    public boolean stop(Duration longest) throws InterruptedException {
        process.destroy();
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    }

    private void destroy() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    /** Kills it if it still runs. */
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

package io.gatehouse.lab.worker;

import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.lab.process.ProcessException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** A {@code gatehouse run} as a process of its own, which may be killed and started again. It never outlives this one. */
public final class WorkerProcess implements AutoCloseable {
    private final int number;
    private final BiFunction<String, Life, List<String>> command;
    private final ChildProcess process;
    private int lives;

    /**
     * @param command what is run, by instance id and how this life is to be
     * @param log where all its output is appended, life after life
     */
    public WorkerProcess(int number, BiFunction<String, Life, List<String>> command, Path log) {
        this.number = number;
        this.command = command;
        this.process = new ChildProcess("worker " + number, log);
    }

    public int number() {
        return number;
    }

    public Path log() {
        return process.log();
    }

    /** The instance id of its present, or last, life; each life has another one. */
    public String instanceId() {
        return "worker-" + number + "-life-" + lives;
    }

    /** @throws ProcessException if it lives, or cannot be started */
    public void start() {
        start(Life.USUAL);
    }

    /** The same for a life that differs. */
    public void start(Life life) {
        lives++;
        process.environment(life.environment());
        process.start(command.apply(instanceId(), life));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Of its present, or last, life. */
    public long pid() {
        return process.pid();
    }

    /** CPU time that its present life has used so far. */
    public Duration cpuTime() {
        return process.cpuTime();
    }

    /** Its exit code; only after it has ended. */
    public int exitCode() {
        return process.exitCode();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM; returns whether it ended within this time with exit code 0. */
    public boolean stop(Duration longest) throws InterruptedException {
        return process.terminate(longest) && process.exitCode() == 0;
    }

    /** SIGSTOP: it does nothing more, and keeps all it has, until it is resumed or killed. */
    public void pause() throws InterruptedException {
        process.pause();
    }

    /** SIGCONT: it goes on, as if no time had passed. */
    public void resume() throws InterruptedException {
        process.resume();
    }

    /** Kills it if it still runs; returns when it is gone. */
    @Override
    public void close() {
        process.close();
    }
}

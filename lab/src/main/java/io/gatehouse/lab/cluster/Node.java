package io.gatehouse.lab.cluster;

import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One broker of a cluster as a process of its own, with the proxy through which workers reach it. It never outlives this
 * process. Its data outlive its process.
 */
public final class Node {
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String DATA = "data";

    private final int number;
    private final Path directory;
    private final String clusterId;
    private final TcpProxy proxy;
    private final ChildProcess process;

    /** @param directory its own, where its data, its settings and its log lie */
    Node(int number, Path directory, String clusterId, TcpProxy proxy) {
        this.number = number;
        this.directory = directory;
        this.clusterId = clusterId;
        this.proxy = proxy;
        this.process = new ChildProcess("broker " + number, directory.resolve("broker.log"));
    }

    void settings(Map<String, Object> settings) {
        Properties file = new Properties();
        file.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(NodeMain.settings(directory))) {
            file.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("The settings of broker " + number + " cannot be written", e);
        }
    }

    /** 1 to 3; Kafka's id of the broker. */
    public int number() {
        return number;
    }

    /** What stands between it and the workers. */
    public TcpProxy proxy() {
        return proxy;
    }

    /** Where all that it says is appended, life after life. */
    public Path log() {
        return process.log();
    }

    /** Where its records and its part of the cluster's metadata lie. */
    Path dataDir() {
        return directory.resolve(DATA);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code; only after it has ended. */
    int exitCode() {
        return process.exitCode();
    }

    /**
     * Starts it over what data it has, and does not wait.
     *
     * @throws ProcessException if it lives, or cannot be started
     */
    public void start() {
        try {
            Files.deleteIfExists(NodeMain.ready(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("What broker " + number + " left behind cannot be deleted", e);
        }
        process.start(ChildProcess.java(NodeMain.OPTIONS, NodeMain.class, directory.toString(), clusterId));
    }

    /**
     * Waits until it serves clients; its replicas may still be behind.
     *
     * @throws ProcessException if it ends before, or takes longer
     */
    public void awaitReady(Duration longest) {
        long untilNs = System.nanoTime() + longest.toNanos();
        while (!Files.exists(NodeMain.ready(directory))) {
            if (!isAlive()) {
                throw new ProcessException(
                        "broker " + number + " ended with exit code " + exitCode() + "; see " + log());
            }
            if (System.nanoTime() - untilNs > 0) {
                throw new ProcessException(
                        "broker " + number + " is not ready after " + longest.toSeconds() + " s; see " + log());
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM: it hands over what it leads, and ends; returns whether it ended within this time, with exit code 0. */
    public boolean stop(Duration longest) throws InterruptedException {
        return process.terminate(longest) && process.exitCode() == 0;
    }

    /** Waits for it to end by itself; returns whether it did within this time. */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        return process.awaitEnd(longest);
    }

    /** SIGSTOP: it answers nobody, while its connections stay. */
    public void pause() throws InterruptedException {
        process.pause();
    }

    /** SIGCONT: it goes on, as if no time had passed. */
    public void resume() throws InterruptedException {
        process.resume();
    }

    /** Kills it, if it runs, and ends its proxy. */
    void close() {
        process.close();
        proxy.close();
    }
}

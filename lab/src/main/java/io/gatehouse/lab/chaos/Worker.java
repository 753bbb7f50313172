package io.gatehouse.lab.chaos;

import io.gatehouse.lab.worker.Life;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A worker process, and what it says of its health. */
final class Worker {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    private final WorkerProcess process;
    private final HttpRequest health;
    private boolean isMeantToLive;

    Worker(WorkerProcess process, int httpPort) {
        this.process = process;
        this.health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health"))
                .timeout(ANSWER_WITHIN)
                .build();
    }

    WorkerProcess process() {
        return process;
    }

    void start() {
        isMeantToLive = true;
        process.start();
    }

    void start(Life life) {
        isMeantToLive = true;
        process.start(life);
    }

    void kill() throws InterruptedException {
        isMeantToLive = false;
        process.kill();
    }

    /** SIGTERM, and SIGKILL when it has not ended within the grace; returns whether it ended in order. */
    boolean stop(Duration grace) throws InterruptedException {
        isMeantToLive = false;
        boolean inOrder = process.stop(grace);
        if (!inOrder) {
            process.kill();
        }
        return inOrder;
    }

    /** It may end by itself from now on. */
    void mayEnd() {
        isMeantToLive = false;
    }

    /** @throws NotSurvived when it has ended, and nobody wanted that */
    void mustLive() {
        if (isMeantToLive && !process.isAlive()) {
            throw new NotSurvived("worker " + process.number() + " ended by itself with exit code " + process.exitCode()
                    + "; see " + process.log());
        }
    }

    /** Its page of health, ready or not; empty while it does not answer. */
    String health() throws InterruptedException {
        try {
            return HTTP.send(health, BodyHandlers.ofString()).body();
        } catch (IOException notThere) {
            return "";
        }
    }
}

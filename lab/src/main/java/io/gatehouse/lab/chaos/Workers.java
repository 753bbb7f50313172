package io.gatehouse.lab.chaos;

import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** The worker processes of a pipeline, some of which come and go. */
final class Workers implements AutoCloseable {
    /** As a worker begins to say that what it took and what it wrote do not agree. */
    private static final String UNEVEN = "The ledger of ";

    private final Pipeline pipeline;
    private final Path logs;
    private final List<Worker> all = new ArrayList<>();
    private final List<Worker> present = new ArrayList<>();

    /** @param logs a directory for what they say */
    Workers(Pipeline pipeline, Path logs) {
        this.pipeline = pipeline;
        this.logs = logs;
    }

    /** One more, which is not yet started. */
    Worker add() {
        int port = LoopbackPort.free();
        int number = all.size();
        Worker worker = new Worker(
                pipeline.worker(
                        number,
                        logs.resolve(pipeline.applicationId() + "-worker-" + number + ".log"),
                        Map.of("http.port", Integer.toString(port))),
                port);
        all.add(worker);
        present.add(worker);
        return worker;
    }

    /** Ends one for good. */
    void remove(Worker worker, Duration grace) throws InterruptedException {
        present.remove(worker);
        worker.stop(grace);
    }

    List<Worker> present() {
        return List.copyOf(present);
    }

    /** Whether each that is present has started. */
    boolean allAnswer() throws InterruptedException {
        for (Worker worker : present) {
            if (worker.health().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    Worker any(Random chance) {
        return present.get(chance.nextInt(present.size()));
    }

    /** @throws NotSurvived when one has ended by itself */
    void mustLive() {
        all.forEach(Worker::mustLive);
    }

    /** @throws NotSurvived when one does not end in order */
    void stopInOrder(Duration grace) throws InterruptedException {
        for (Worker worker : present) {
            if (!worker.stop(grace)) {
                throw new NotSurvived("worker " + worker.process().number() + " did not stop in order; see "
                        + worker.process().log());
            }
        }
    }

    /**
     * What came out is checked otherwise; this checks what Gatehouse would have told of a loss.
     *
     * @throws NotSurvived when a worker's ledger was ever uneven
     */
    void ledgersMustBeEven() {
        for (Worker worker : all) {
            try (Stream<String> lines = Files.lines(worker.process().log())) {
                lines.filter(line -> line.contains(UNEVEN)).findFirst().ifPresent(line -> {
                    throw new NotSurvived("worker " + worker.process().number() + " says: " + line);
                });
            } catch (IOException e) {
                throw new ProcessException(worker.process().log() + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** Kills all that still run. */
    @Override
    public void close() {
        all.forEach(worker -> worker.process().close());
    }
}

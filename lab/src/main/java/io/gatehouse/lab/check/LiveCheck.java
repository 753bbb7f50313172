package io.gatehouse.lab.check;

import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.reference.Places;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;

/**
 * The check of a pipeline while it works: follows its topics on a thread of its own, as a reader of committed results, and
 * tells at any time what is wrong for good. While Kafka is away it waits, and then goes on from where it was.
 */
public final class LiveCheck implements AutoCloseable {
    private static final long AFTER_TROUBLE_NS = 200_000_000;

    private final CheckSettings settings;
    private final boolean rekeyed;
    private final Comparison comparison;
    private final TopicReader reader;
    private final Thread thread = new Thread(this::follow, "live-check");
    private volatile boolean stopping;
    private volatile String trouble;
    private volatile Throwable defect;

    /**
     * Begins to read all topics from their beginning.
     *
     * @param rekeyed whether the pipeline re-keys its input
     * @param sends what the generator knows, by the name of its run
     * @throws CheckImpossible when a topic is missing
     * @throws KafkaException when Kafka cannot be asked
     */
    public LiveCheck(CheckSettings settings, Places places, boolean rekeyed, Map<String, Acknowledgements> sends) {
        this.settings = settings;
        this.rekeyed = rekeyed;
        this.comparison = new Comparison(settings, places, rekeyed, sends);
        this.reader = new TopicReader(settings.kafka(), settings.topics(rekeyed), comparison);
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        while (!stopping) {
            try {
                reader.follow();
                trouble = null;
            } catch (KafkaException e) {
                trouble = e.getMessage();
                LockSupport.parkNanos(AFTER_TROUBLE_NS);
            } catch (RuntimeException | Error e) {
                defect = e;
                return;
            }
        }
    }

    /** What was read and is wrong whatever comes after; what has not come yet is not. */
    public PipelineCheck.Report soFar() {
        mustBeSound();
        return comparison.soFar();
    }

    /** Why nothing can be read at present; null when nothing stands in the way. */
    public String trouble() {
        return trouble;
    }

    /**
     * Ends the following, waits until the pipeline has worked off its input, and checks what there is then; what is
     * missing of sessions and statistics is waited for.
     *
     * @throws CheckImpossible when the pipeline does not get done, or Kafka cannot be read
     */
    public PipelineCheck.Report finish() {
        stop();
        mustBeSound();
        new Drain(settings).await(settings.longestWait());
        try {
            return PipelineCheck.complete(settings, rekeyed, reader, comparison);
        } catch (KafkaException e) {
            throw new CheckImpossible("the topics cannot be read: " + e.getMessage(), e);
        }
    }

    private void mustBeSound() {
        if (defect != null) {
            throw new IllegalStateException("the check has a defect", defect);
        }
    }

    /** The thread ends with what it is reading: the reader is not for two at a time. */
    private void stop() {
        stopping = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        reader.close();
    }
}

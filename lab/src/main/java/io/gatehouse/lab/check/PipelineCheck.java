package io.gatehouse.lab.check;

import io.gatehouse.lab.check.Drain.Drained;
import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.reference.CheckReport;
import io.gatehouse.reference.Places;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;

/**
 * The check of a whole pipeline from outside: waits until it has worked off its input, reads the topics and holds them
 * against the reference, and against what the generator intended and knows to have sent.
 */
public final class PipelineCheck {
    private static final long LOOK_EVERY_NS = 200_000_000;

    /**
     * What was found.
     *
     * @param against what the reference says, and the generator
     * @param outcomes what came out: "accepted", or the dead letter's reason and field
     */
    public record Report(CheckReport against, Map<String, Long> outcomes) {
        public boolean isContent() {
            return against.isContent();
        }

        /** The first of all that differs, in words; empty when nothing does. */
        public List<String> differences() {
            return against.differences();
        }
    }

    private PipelineCheck() {}

    /** The same as {@link #run(CheckSettings, Places, Map)}, where nothing is known of who sent the input. */
    public static Report run(CheckSettings settings, Places places) {
        return run(settings, places, Map.of());
    }

    /**
     * Checks what there is when the pipeline has worked off its input. What is missing then of sessions and statistics,
     * which follow at intervals, is waited for.
     *
     * @param sends what the generator knows, by the name of its run
     * @throws CheckImpossible when the pipeline does not get done, or Kafka cannot be read
     */
    public static Report run(CheckSettings settings, Places places, Map<String, Acknowledgements> sends) {
        Drained drained = new Drain(settings).await(settings.longestWait());
        return run(settings, places, sends, drained.rekeyed());
    }

    /** The same of a pipeline that has worked off its input. */
    static Report run(CheckSettings settings, Places places, Map<String, Acknowledgements> sends, boolean rekeyed) {
        Comparison comparison = new Comparison(settings, places, rekeyed, sends);
        try (TopicReader reader = new TopicReader(settings.kafka(), settings.topics(rekeyed), comparison)) {
            return complete(settings, rekeyed, reader, comparison);
        } catch (KafkaException e) {
            throw new CheckImpossible("the topics cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads what there is of a pipeline that has worked off its input, and what it publishes after that. */
    static Report complete(CheckSettings settings, boolean rekeyed, TopicReader reader, Comparison comparison) {
        Duration longest = settings.longestWait();
        reader.read(settings.topics(rekeyed));
        long deadlineNs = System.nanoTime() + longest.toNanos();
        Report report = comparison.complete();
        while (report.against().mayBecomeContent() && !report.isContent() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
            if (reader.read(settings.published().topics())) {
                report = comparison.complete();
            }
        }
        return report;
    }
}

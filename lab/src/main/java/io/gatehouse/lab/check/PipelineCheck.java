package io.gatehouse.lab.check;

import io.gatehouse.reference.CheckReport;
import io.gatehouse.reference.Checker;
import io.gatehouse.reference.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * The check of a whole pipeline from outside: waits until it has worked off its input, reads the topics and holds them
 * against the reference, and against what the generator intended.
 */
public final class PipelineCheck {
    private static final int MOST_DIFFERENCES = 20;
    private static final long LOOK_EVERY_NS = 200_000_000;

    /**
     * What was found.
     *
     * @param against what the reference says
     * @param outcomes input records by outcome: "accepted", or the dead letter's reason and field
     * @param unintended generated records whose outcome is not the intended one, in words
     */
    public record Report(CheckReport against, Map<String, Long> outcomes, List<String> unintended) {
        public boolean isContent() {
            return against.isContent() && unintended.isEmpty();
        }

        /** The first of all that differs, in words; empty when nothing does. */
        public List<String> differences() {
            List<String> all = new ArrayList<>(against.differences());
            unintended.stream().limit(MOST_DIFFERENCES).forEach(all::add);
            return all;
        }
    }

    private PipelineCheck() {}

    /**
     * Checks what there is when the pipeline has worked off its input. What is missing then of sessions and statistics,
     * which follow at intervals, is waited for.
     *
     * @throws CheckImpossible when the pipeline does not get done, or Kafka cannot be read
     */
    public static Report run(CheckSettings settings, Places places) {
        boolean rekeyed = new Drain(settings).await();
        Checker checker = new Checker(places, settings.contract(), MOST_DIFFERENCES);
        checker.expectSessions(settings.published().closed());
        if (settings.published().statistics() != null) {
            checker.expectStatistics();
        }
        Intentions intentions = new Intentions();
        CheckReport report;
        List<String> all = new ArrayList<>(settings.topics());
        if (rekeyed) {
            all.add(settings.byUser());
        }
        try (TopicReader reader =
                new TopicReader(settings.kafka(), all, record -> take(record, settings, checker, intentions))) {
            if (rekeyed) {
                reader.read(List.of(settings.byUser()));
            }
            reader.read(settings.topics());
            report = awaitPublished(settings, reader, checker);
        } catch (KafkaException e) {
            throw new CheckImpossible("the topics cannot be read: " + e.getMessage(), e);
        }
        return new Report(report, intentions.outcomes(), intentions.differences());
    }

    private static void take(
            ConsumerRecord<byte[], byte[]> record, CheckSettings settings, Checker checker, Intentions intentions) {
        if (record.topic().equals(settings.byUser())) {
            checker.routed(plain(record));
        } else if (record.topic().equals(settings.input())) {
            checker.input(plain(record));
            intentions.input(record);
        } else if (record.topic().equals(settings.processed())) {
            checker.processed(plain(record));
        } else if (record.topic().equals(settings.deadLetters())) {
            checker.deadLetter(plain(record));
            intentions.deadLetter(record);
        } else if (record.topic().equals(settings.published().sessions())) {
            checker.session(plain(record));
        } else {
            checker.statistics(plain(record));
        }
    }

    private static CheckReport awaitPublished(CheckSettings settings, TopicReader reader, Checker checker) {
        long deadlineNs = System.nanoTime() + settings.longestWait().toNanos();
        CheckReport report = checker.report();
        while (!report.isContent() && report.mayBecomeContent() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
            if (reader.read(settings.published().topics())) {
                report = checker.report();
            }
        }
        return report;
    }

    private static Checker.Record plain(ConsumerRecord<byte[], byte[]> record) {
        List<Checker.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Checker.Header(header.key(), header.value())));
        return new Checker.Record(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers);
    }
}

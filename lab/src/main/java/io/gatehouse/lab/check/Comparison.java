package io.gatehouse.lab.check;

import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.reference.Checker;
import io.gatehouse.reference.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All witnesses of a pipeline, each of which is shown what concerns it. Thread-safe. */
final class Comparison implements TopicReader.Receiver {
    private static final int MOST_TOLD = 20;

    /** A kilobyte or two each. */
    private static final long MOST_HELD = 50_000;

    private final CheckSettings settings;
    private final Checker checker;
    private final Intentions intentions = new Intentions(MOST_TOLD);
    private final Conservation conservation;

    /**
     * @param rekeyed whether the input is
     * @param sends what is known of the input's origin, by the name of the generator's run
     */
    Comparison(CheckSettings settings, Places places, boolean rekeyed, Map<String, Acknowledgements> sends) {
        this.settings = settings;
        this.conservation = new Conservation(sends, MOST_TOLD);
        this.checker = new Checker(places, settings.contract(), MOST_TOLD);
        if (rekeyed) {
            checker.expectRouted();
        }
        checker.expectSessions(settings.published().closed());
        if (settings.published().statistics() != null) {
            checker.expectStatistics();
        }
    }

    @Override
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(settings.byUser())) {
            checker.routed(plain(record));
        } else if (record.topic().equals(settings.input())) {
            checker.input(plain(record));
            intentions.input(record);
            conservation.input(record);
        } else if (record.topic().equals(settings.processed())) {
            checker.processed(plain(record));
            intentions.processed();
        } else if (record.topic().equals(settings.deadLetters())) {
            checker.deadLetter(plain(record));
            intentions.deadLetter(record);
        } else if (record.topic().equals(settings.published().sessions())) {
            checker.session(plain(record));
        } else {
            checker.statistics(plain(record));
        }
    }

    @Override
    public synchronized boolean isAhead(String topic) {
        if (topic.equals(settings.input())) {
            return checker.inputsHeld() > MOST_HELD;
        } else if (topic.equals(settings.byUser())) {
            return checker.routesHeld() > MOST_HELD;
        }
        return settings.results().contains(topic) && checker.outputsHeld() > MOST_HELD;
    }

    /** What differs whatever comes after. */
    synchronized PipelineCheck.Report soFar() {
        return new PipelineCheck.Report(
                checker.soFar().with(intentions.soFar()).with(conservation.soFar()), intentions.outcomes());
    }

    /** What differs when all has come that was to come. */
    synchronized PipelineCheck.Report complete() {
        return new PipelineCheck.Report(
                checker.report().with(intentions.complete()).with(conservation.complete()), intentions.outcomes());
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

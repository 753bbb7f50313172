package io.gatehouse.engine.replay;

import io.gatehouse.core.login.Glimpse;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.deadletter.DeadLetter;
import io.gatehouse.engine.lookup.LogReader;
import io.gatehouse.engine.lookup.Progress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the dead letters that a filter means, partition after partition, as they are when it begins. Holds no more of them
 * than it has just fetched.
 */
public final class LetterReader {
    /** Letters are written after they were refused, but by another clock where the broker writes the time. */
    private static final long CLOCKS_APART_MS = TimeUnit.HOURS.toMillis(1);

    private final LogReader log;
    private final EngineSettings settings;
    private final LetterFilter filter;
    private final Progress progress;
    private final Deque<Stretch> left = new ArrayDeque<>();
    private long total;
    private long done;
    private long foreign;
    private Stretch present;

    private record Stretch(TopicPartition partition, long from, long end) {}

    /**
     * @param progress hears of offsets
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer or does not allow it
     */
    public LetterReader(LogReader log, EngineSettings settings, LetterFilter filter, Progress progress) {
        this.log = log;
        this.settings = settings;
        this.filter = filter;
        this.progress = progress;
        String topic = settings.topics().deadLetters();
        int partitions = log.topic(topic).partitions();
        for (int i = 0; i < partitions; i++) {
            if (filter.hasPartition(i)) {
                add(new TopicPartition(topic, i));
            }
        }
        advance();
    }

    private void add(TopicPartition partition) {
        long start = log.start(partition);
        long from = filter.fromMs() > CLOCKS_APART_MS
                ? Math.max(start, log.offsetAt(partition, filter.fromMs() - CLOCKS_APART_MS))
                : start;
        long end = log.stableEnd(partition);
        if (from < end) {
            left.add(new Stretch(partition, from, end));
            total += end - from;
        }
    }

    private void advance() {
        present = left.poll();
        if (present != null) {
            log.begin(present.partition, present.from, present.end);
        }
    }

    public boolean isDone() {
        return present == null;
    }

    /** Records of the topic that Gatehouse has not written, so far; they are nobody's dead letters. */
    public long foreign() {
        return foreign;
    }

    /**
     * The next letters, if any have come within a moment.
     *
     * @throws io.gatehouse.engine.worker.Refusal when an open transaction holds it up for long
     */
    public List<Letter> next() {
        List<Letter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : log.next()) {
            letter(record).ifPresent(letters::add);
        }
        progress.at(present.partition.topic(), done + log.position() - present.from, total);
        if (log.isDone()) {
            done += present.end - present.from;
            advance();
        }
        return letters;
    }

    private Optional<Letter> letter(ConsumerRecord<byte[], byte[]> record) {
        Optional<Letter> letter = at(record, settings);
        if (letter.isEmpty()) {
            foreign++;
        }
        return letter.filter(filter::accepts);
    }

    /** The letter that a record of the dead-letter topic is; empty when Gatehouse has not written it. */
    public static Optional<Letter> at(ConsumerRecord<byte[], byte[]> record, EngineSettings settings) {
        return DeadLetter.read(record)
                .map(dead -> new Letter(
                        dead, Glimpse.of(record.value(), settings.judge().fieldNames())));
    }
}

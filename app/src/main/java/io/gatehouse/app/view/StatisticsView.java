package io.gatehouse.app.view;

import io.gatehouse.app.view.PublishedRecord.Activity;
import io.gatehouse.app.view.PublishedRecord.DeadLetters;
import io.gatehouse.app.view.PublishedRecord.Logins;
import io.gatehouse.engine.statistics.StatisticsReceiver;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The merged view: what the topic of statistics says of the newest windows, and of hourly activity, over all partitions. It
 * holds the last value of each key. One thread fills it, any may ask; what is told is at most a second old.
 */
public final class StatisticsView implements StatisticsReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsView.class);

    /** Merging takes milliseconds, and should not be done for each of many who ask. */
    private static final long FRESH_MS = 1_000;

    /** Event times may be this much ahead of the time of writing, and writing takes its time too. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    /**
     * Windows that begin so far ahead are passed over: events in records without a timestamp may claim any time, and one of
     * them must not end the windows of all partitions.
     */
    private static final long FAR_AHEAD_MS = Duration.ofDays(1).toMillis();

    private final long windowMs;
    private final LongSupplier clockMs;
    private NewestWindows<Logins, LoginCounts> logins;
    private NewestWindows<DeadLetters, Map<String, Long>> deadLetters;
    private final Map<Integer, Held<Activity>> activity = new TreeMap<>();
    private LiveRate accepted = new LiveRate();
    private LiveRate refused = new LiveRate();
    /** With nothing recent to show, what is older is waited for. */
    private boolean filled;

    private boolean allTaken;
    private String trouble;
    private boolean saidUnreadable;
    private MergedStatistics merged;

    /**
     * @param windowMs length of the windows, as configured, milliseconds
     * @param clockMs wall clock, epoch milliseconds
     */
    public StatisticsView(long windowMs, LongSupplier clockMs) {
        this.windowMs = windowMs;
        this.clockMs = clockMs;
        begin();
    }

    /** How far back the records lie that tell of the view's windows, where logins are judged as they happen. */
    public static Duration recent(long windowMs) {
        return Duration.ofMillis(windowMs).multipliedBy(NewestWindows.MOST).plus(SLACK);
    }

    @Override
    public synchronized void begin() {
        logins = new NewestWindows<>(windowMs, Logins::endMs, StatisticsView::merge);
        deadLetters = new NewestWindows<>(windowMs, DeadLetters::endMs, StatisticsView::mergeDeadLetters);
        activity.clear();
        accepted = new LiveRate();
        refused = new LiveRate();
        filled = false;
        allTaken = false;
        merged = null;
    }

    private static LoginCounts merge(Collection<Logins> parts) {
        LoginCounts sum = new LoginCounts();
        parts.forEach(part -> sum.add(part.counts()));
        return sum;
    }

    private static Map<String, Long> mergeDeadLetters(Collection<DeadLetters> parts) {
        Map<String, Long> sum = new HashMap<>();
        parts.forEach(part -> MergedStatistics.addAll(part.reasons(), sum));
        return sum;
    }

    @Override
    public synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        trouble = null;
        try {
            take(RecordReader.read(record.value(), this::isOver), record);
        } catch (IllegalArgumentException e) {
            if (!saidUnreadable) {
                saidUnreadable = true;
                LOG.warn(
                        "The record at offset {} of {}/{} is none of Gatehouse's statistics; all such are passed over",
                        record.offset(),
                        record.topic(),
                        record.partition());
            }
        }
    }

    private boolean isOver(String kind, long startMs) {
        return startMs > clockMs.getAsLong() + FAR_AHEAD_MS || isPast(kind, startMs);
    }

    private boolean isPast(String kind, long startMs) {
        return switch (kind) {
            case "logins" -> logins.isOver(startMs);
            case "dead_letters" -> deadLetters.isOver(startMs);
            default -> false;
        };
    }

    private void take(PublishedRecord published, ConsumerRecord<byte[], byte[]> from) {
        if (published instanceof Logins window) {
            Held<Logins> before = logins.before(window.startMs(), window.partition());
            if (logins.put(window.startMs(), held(window, from))) {
                long known = before == null ? 0 : before.record().counts().accepted();
                accepted.add(from.timestamp(), window.counts().accepted() - known, clockMs.getAsLong());
            }
        } else if (published instanceof DeadLetters window) {
            Held<DeadLetters> before = deadLetters.before(window.startMs(), window.partition());
            if (deadLetters.put(window.startMs(), held(window, from))) {
                long known = before == null ? 0 : sum(before.record());
                refused.add(from.timestamp(), sum(window) - known, clockMs.getAsLong());
            }
        } else if (published instanceof Activity hours) {
            activity.merge(hours.partition(), held(hours, from), (before, now) -> now.replaces(before) ? now : before);
        }
    }

    private static <P extends PublishedRecord> Held<P> held(P published, ConsumerRecord<byte[], byte[]> from) {
        return new Held<>(
                published, new TopicPartition(from.topic(), from.partition()), from.offset(), from.value().length);
    }

    private static long sum(DeadLetters window) {
        return window.reasons().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public synchronized void recentTaken() {
        trouble = null;
        filled = !logins.isEmpty();
    }

    @Override
    public synchronized void allTaken() {
        filled = true;
        allTaken = true;
    }

    @Override
    public synchronized void interrupted(String reason) {
        begin();
        trouble = reason;
    }

    /** All partitions together; empty while the topic is not read far enough to tell. */
    public synchronized Optional<MergedStatistics> merged() {
        if (!filled) {
            return Optional.empty();
        }
        long nowMs = clockMs.getAsLong();
        if (merged == null || nowMs - merged.madeMs() >= FRESH_MS || nowMs < merged.madeMs()) {
            merged = new MergedStatistics(
                    nowMs,
                    allTaken,
                    accepted.perSecond(nowMs),
                    refused.perSecond(nowMs),
                    logins.merged(),
                    deadLetters.merged(),
                    MergedActivity.of(
                            activity.values().stream().map(Held::record).toList()));
        }
        return Optional.of(merged);
    }

    /**
     * The newest window of logins that is over, and has been for so long that all partitions have published it. No other is
     * merged for it.
     *
     * @param publishing how long after its end a window may still be published as it was then
     */
    public synchronized Optional<WindowOfLogins> lastComplete(Duration publishing) {
        long endedByMs = clockMs.getAsLong() - publishing.toMillis();
        return filled ? logins.newest(endedByMs).map(window -> new WindowOfLogins(window.counts())) : Optional.empty();
    }

    /** Why there is nothing to tell yet. */
    public synchronized String reason() {
        return trouble == null
                ? "the topic of statistics is being read"
                : "the topic of statistics cannot be read: " + trouble;
    }
}

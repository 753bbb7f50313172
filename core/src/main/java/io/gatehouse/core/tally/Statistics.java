package io.gatehouse.core.tally;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.login.Verdict;
import io.gatehouse.core.profile.ImageSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What is counted of one partition and published: windows of logins and of dead letters, and hourly activity. Bounded:
 * eight open windows of each kind, 256 names under a heading, 28 days. Counting a login allocates nothing, but for names
 * that are new to its window. Single-threaded.
 *
 * <p>Like users, all of it lies in the journal: {@link #drainChanges} hands over what has changed since the last call,
 * {@link #restore} takes it back.
 */
public final class Statistics {
    private static final long NEVER = Long.MIN_VALUE;

    private final long publishIntervalMs;
    private final StatisticsRecords records;
    private final LoginWindows logins;
    private final DeadLetterWindows deadLetters;
    private final Activity activity = new Activity();
    private final Calendar calendar = new Calendar();
    private final ImageWriter images = new ImageWriter();
    private long publishedMs = NEVER;
    private boolean journalForgotten;
    private long imageBytes;

    /**
     * @param partition what the records name as their partition
     * @param windowMs length of a window, milliseconds
     * @param publishIntervalMs how long an open window's changes may wait, milliseconds
     */
    public Statistics(int partition, long windowMs, long publishIntervalMs) {
        this.publishIntervalMs = publishIntervalMs;
        this.records = new StatisticsRecords(partition);
        this.logins = new LoginWindows(windowMs, records);
        this.deadLetters = new DeadLetterWindows(windowMs, records);
    }

    /**
     * Counts a login that was judged.
     *
     * @param geo where the verdict's place comes from
     * @param nowMs processing time, epoch milliseconds
     */
    public void accept(Login login, Verdict verdict, GeoTable geo, long nowMs) {
        calendar.turnTo(login.eventTimeMs());
        if (activity.isEndedBy(calendar.day())) {
            records.add(activity);
        }
        activity.count(calendar);
        logins.accept(login, verdict, geo, calendar, nowMs - login.eventTimeMs());
    }

    /**
     * Counts a dead letter.
     *
     * @param timestampMs the record's Kafka timestamp; negative for none
     */
    public void refuse(Reason reason, long timestampMs) {
        deadLetters.refuse(reason, timestampMs);
    }

    /** Counts sessions that are published for the first time; there have been logins. */
    public void countClosedSessions(int sessions) {
        logins.countClosedSessions(sessions);
    }

    /**
     * Hands over the records that are due: those of windows that have closed and of days that have ended since the last
     * call, and each interval those of open windows that have changed.
     *
     * @param nowMs wall clock, epoch milliseconds
     */
    public void publish(long nowMs, RecordSink to) {
        // A clock that was set back begins a new interval.
        if (publishedMs == NEVER || nowMs - publishedMs >= publishIntervalMs || nowMs < publishedMs) {
            publishedMs = nowMs;
            publishAll(to);
        } else {
            records.drain(to);
        }
    }

    /** Hands over all that has changed, due or not: before the partition is given up. */
    public void publishAll(RecordSink to) {
        logins.publishChanged();
        deadLetters.publishChanged();
        records.drain(to);
    }

    /** Bytes that the images of all this took when all of it was handed over last; 0 before. */
    public long imageBytes() {
        return imageBytes;
    }

    /** From here on the journal counts as empty: the next call of {@link #drainChanges} hands over all. */
    public void forgetJournal() {
        logins.forgetJournal();
        deadLetters.forgetJournal();
        activity.forgetJournal();
        journalForgotten = true;
    }

    /** Hands over images of what has changed since the last call. */
    public void drainChanges(ImageSink sink) {
        images.to(sink);
        logins.drain(images);
        deadLetters.drain(images);
        activity.drain(images);
        if (journalForgotten) {
            imageBytes = images.bytes();
            journalForgotten = false;
        }
    }

    /** Takes over the partition's event time, which decides what is open. */
    public void restoreEventTime(long eventTimeMs) {
        if (eventTimeMs >= 0) {
            logins.restoreEventTime(eventTimeMs);
            activity.restore(eventTimeMs / Calendar.DAY_MS);
        }
    }

    /**
     * Takes over an image. Windows of another length than the present one are passed over: nothing is counted in them any
     * more.
     *
     * @throws IllegalArgumentException when the bytes are no image of statistics
     */
    public void restore(ByteBuffer image) {
        ByteBuffer from = image.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        require(from.remaining() >= ImageFormat.HEADER_BYTES, "shorter than any");
        byte head = from.get();
        long lengthMs = from.getLong();
        long number = from.getLong();
        require(lengthMs > 0 && number >= 0 && number <= Long.MAX_VALUE / lengthMs, "of a window that there is not");
        switch (ImageFormat.subject(head)) {
            case ImageFormat.LOGINS -> restore(logins.restore(lengthMs, number), ImageFormat.part(head), from);
            case ImageFormat.DEAD_LETTERS -> restoreCounts(deadLetters.restore(lengthMs, number), head, from);
            case ImageFormat.DAY -> {
                require(lengthMs == Calendar.DAY_MS, "of a day of another length");
                restoreCounts(activity.restore(number), head, from);
            }
            default -> throw new IllegalArgumentException("not an image of statistics: of an unknown subject");
        }
    }

    private static void restoreCounts(Counts counts, byte head, ByteBuffer from) {
        require(ImageFormat.part(head) == ImageFormat.COUNTS, "of an unknown part");
        requireWhole(from, ImageFormat.COUNT_BYTES);
        while (counts != null && from.hasRemaining()) {
            counts.restore(from.getShort() & 0xFFFF, from.getLong());
        }
    }

    private static void restore(LoginWindow window, int part, ByteBuffer from) {
        if (window == null) {
            return;
        }
        switch (part) {
            case ImageFormat.COUNTS -> {
                requireWhole(from, ImageFormat.COUNT_BYTES);
                while (from.hasRemaining()) {
                    window.restoreCount(from.getShort() & 0xFFFF, from.getLong());
                }
            }
            case ImageFormat.REGISTERS -> {
                requireWhole(from, ImageFormat.REGISTER_BYTES);
                while (from.hasRemaining()) {
                    window.restoreRegister(from.getShort() & 0xFFFF, from.get());
                }
            }
            case ImageFormat.NAMES -> restoreNames(window, from);
            default -> throw new IllegalArgumentException("not an image of statistics: of an unknown part");
        }
    }

    private static void restoreNames(LoginWindow window, ByteBuffer from) {
        while (from.hasRemaining()) {
            require(from.remaining() >= ImageFormat.NAME_HEADER_BYTES, "cut short");
            int heading = from.get() & 0xFF;
            int number = from.get() & 0xFF;
            byte[] name = new byte[from.getShort() & 0xFFFF];
            require(from.remaining() >= name.length, "cut short");
            from.get(name);
            window.restoreName(heading, number, name);
        }
    }

    private static void requireWhole(ByteBuffer from, int entryBytes) {
        require(from.remaining() % entryBytes == 0, "cut short");
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("not an image of statistics: " + fault);
        }
    }
}

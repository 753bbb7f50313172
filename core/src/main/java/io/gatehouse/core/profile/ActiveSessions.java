package io.gatehouse.core.profile;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many users' sessions are open at the partition's event time, known at any moment without a look at the users: they
 * are counted by the minute of their latest login, for as many minutes as a session lasts. Exact to the minute, which has
 * 65.536 seconds here: as a power of two, it needs no division.
 *
 * <p>One thread writes; any may read {@link #open}.
 */
final class ActiveSessions {
    private static final int MINUTE_SHIFT = 16;
    /** Gaps longer than this many minutes are counted by coarser spans than a minute. */
    private static final int MAX_SPANS = 1440;

    /** A span has two to the power of this many milliseconds. */
    private final int spanShift;
    /** The span of the event time and those within a gap before it. */
    private final int spans;
    /** Users whose latest login lies in a span; as long as the next power of two. */
    private final int[] users;

    private final AtomicLong open = new AtomicLong();
    /** The span that the event time lies in. */
    private long newest;

    ActiveSessions(long gapMs) {
        this.spanShift = Math.max(MINUTE_SHIFT, Long.SIZE - Long.numberOfLeadingZeros(gapMs / MAX_SPANS));
        this.spans = (int) (gapMs - 1 >> spanShift) + 2;
        this.users = new int[Integer.highestOneBit(spans - 1) << 1];
    }

    long open() {
        return open.getOpaque();
    }

    /** A user's latest login is now this one. */
    void enter(long lastMs) {
        advance(lastMs);
        count(lastMs, 1);
    }

    /** A user's latest login is no longer this one. */
    void leave(long lastMs) {
        count(lastMs, -1);
    }

    /** The partition's event time has come to at least this. */
    void advance(long eventTimeMs) {
        long span = eventTimeMs >> spanShift;
        if (span <= newest) {
            return;
        }
        long closed = 0;
        long lastLeaving = Math.min(newest, span - spans);
        for (long leaving = newest - spans + 1; leaving <= lastLeaving; leaving++) {
            int slot = slot(leaving);
            closed += users[slot];
            users[slot] = 0;
        }
        newest = span;
        add(-closed);
    }

    private void count(long lastMs, int change) {
        long span = lastMs >> spanShift;
        if (span > newest - spans) {
            users[slot(span)] += change;
            add(change);
        }
    }

    private void add(long change) {
        open.setOpaque(open.getPlain() + change);
    }

    private int slot(long span) {
        return (int) span & users.length - 1;
    }
}

package io.gatehouse.core.profile;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many users' sessions are open at the partition's event time, known at any moment without a look at the users: they
 * are counted by the minute of their latest login, for as many minutes as a session lasts. Exact to the minute.
 *
 * <p>One thread writes; any may read {@link #open}.
 */
final class ActiveSessions {
    private static final long MINUTE_MS = 60_000;
    /** Gaps longer than this many minutes are counted by coarser spans than a minute. */
    private static final int MAX_SPANS = 1440;

    private final long spanMs;
    /** Users whose latest login lies in a span, for the span of the event time and those within a gap before it. */
    private final int[] users;

    private final AtomicLong open = new AtomicLong();
    /** The span that the event time lies in. */
    private long newest;

    ActiveSessions(long gapMs) {
        this.spanMs = Math.max(MINUTE_MS, (gapMs + MAX_SPANS - 1) / MAX_SPANS);
        this.users = new int[(int) ((gapMs + spanMs - 1) / spanMs) + 1];
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
        long span = eventTimeMs / spanMs;
        if (span <= newest) {
            return;
        }
        long closed = 0;
        long oldest = Math.max(newest + 1, span - users.length + 1);
        for (long opened = oldest; opened <= span; opened++) {
            int slot = slot(opened);
            closed += users[slot];
            users[slot] = 0;
        }
        newest = span;
        add(-closed);
    }

    private void count(long lastMs, int change) {
        long span = lastMs / spanMs;
        if (span > newest - users.length) {
            users[slot(span)] += change;
            add(change);
        }
    }

    private void add(long change) {
        open.setOpaque(open.getPlain() + change);
    }

    private int slot(long span) {
        return (int) (span % users.length);
    }
}

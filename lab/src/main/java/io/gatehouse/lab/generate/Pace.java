package io.gatehouse.lab.generate;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Spreads events evenly over time. After a delay it catches up, so that in the long run the rate holds. */
public final class Pace {
    /** Waking up costs some 50 µs; events that fall due during a wait this long go out together. */
    private static final long GRAIN_NS = 1_000_000;

    /** So that a slow run notices soon that it is to stop. */
    private static final long LONGEST_WAIT_NS = 100_000_000;

    private final double nsPerEvent;
    private final long begunNs = System.nanoTime();
    private final LongAdder ahead = new LongAdder();

    /** @param perSecond events a second; 0 for as many as possible */
    public Pace(double perSecond) {
        nsPerEvent = perSecond == 0 ? 0 : 1e9 / perSecond;
    }

    /** So many more events are due at once. May be called by another thread. */
    void hurry(long events) {
        ahead.add(events);
    }

    /** When an event is due, by {@link System#nanoTime}; the beginning of all where as many as possible are. */
    long dueNs(long event) {
        return begunNs + (long) ((event - ahead.sum()) * nsPerEvent);
    }

    /**
     * Waits for an event's turn, at most a little while at a time.
     *
     * @return whether the event is due; if not, ask again
     */
    public boolean await(long event) {
        if (nsPerEvent == 0) {
            return true;
        }
        long waitNs = dueNs(event) - System.nanoTime();
        if (waitNs > 0) {
            LockSupport.parkNanos(Math.min(Math.max(waitNs, GRAIN_NS), LONGEST_WAIT_NS));
        }
        return waitNs <= 0;
    }
}

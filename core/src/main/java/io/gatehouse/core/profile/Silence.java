package io.gatehouse.core.profile;

/**
 * Which sessions silence has closed, and how fast the users are walked through to find them: a few of them once in a
 * second, more once in ten seconds, or in as long as many of them take. So neither timers nor an order of users by their
 * latest login are needed.
 */
final class Silence {
    private static final long PASS_MS = 10_000;
    /** How many passes are made in that time while users are few. */
    private static final long QUICK_PASSES = 10;
    /** So many in a pass cost nothing that could be measured, and so many are looked at whenever there are as many. */
    private static final long QUICK_SLOTS_IN_A_PASS = 16 * PASS_MS;
    /** A look at a user is a wait for main memory: so many in a pass take a few hundredths of a core. */
    private static final long MOST_SLOTS_IN_A_PASS = 256 * PASS_MS;
    /** A long pause between two calls must not make one of them long. */
    private static final int MOST_SLOTS = 1 << 17;

    private static final long NEVER = Long.MIN_VALUE;

    private final long waitMs;
    private long heardMs = NEVER;
    private long walkedMs = NEVER;
    /** What is left of a slot, in parts of a pass: without it frequent questions would slow the walk down. */
    private long owed;

    /** @param waitMs silence after a session's latest login that closes it, milliseconds */
    Silence(long waitMs) {
        this.waitMs = waitMs;
    }

    /** A login was accepted at this wall-clock time. */
    void heard(long nowMs) {
        heardMs = nowMs;
    }

    /**
     * Sessions whose latest login is before this event time are over. When nothing was heard of the partition for as long
     * as a session is waited for, all are. Idleness counts from the first question where nothing was heard yet: after a
     * restore nobody knows when the last login came.
     */
    long endedBeforeMs(long eventTimeMs, long nowMs) {
        if (heardMs == NEVER || nowMs < heardMs) {
            heardMs = nowMs;
        }
        if (nowMs - heardMs > waitMs) {
            return Long.MAX_VALUE;
        }
        return eventTimeMs < 0 ? Long.MIN_VALUE : eventTimeMs - waitMs;
    }

    /** How many slots of an index of so many are to be looked at now. */
    int slots(long nowMs, long allSlots) {
        if (walkedMs == NEVER || nowMs < walkedMs) {
            walkedMs = nowMs;
        }
        owed += slotsInAPass(allSlots) * Math.min(PASS_MS, nowMs - walkedMs);
        walkedMs = nowMs;
        int slots = (int) Math.min(MOST_SLOTS, owed / PASS_MS);
        owed %= PASS_MS;
        return slots;
    }

    private static long slotsInAPass(long allSlots) {
        long quick = Math.min(QUICK_SLOTS_IN_A_PASS, QUICK_PASSES * allSlots);
        return Math.min(MOST_SLOTS_IN_A_PASS, Math.max(quick, allSlots));
    }
}

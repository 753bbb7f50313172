package io.gatehouse.core.tally;

import io.gatehouse.core.login.Reason;
import io.gatehouse.core.login.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what one partition's judge finds. One thread counts, any may take a {@link #snapshot}: no locks, and each number
 * whole, though the numbers of one snapshot may be a few logins apart.
 */
public final class Tally {
    /** The counters that stand alone. */
    private enum Total {
        ACCEPTED,
        NEW_USERS,
        SESSIONS_STARTED,
        SESSIONS_CLOSED,
        LATE,
        DUPLICATES
    }

    private final AtomicLongArray totals = new AtomicLongArray(Total.values().length);
    private final AtomicLongArray refused = new AtomicLongArray(Reason.values().length);

    /** Counts a refused event. */
    public void refuse(Reason reason) {
        increment(refused, reason.ordinal());
    }

    /** Counts a login that was judged. */
    public void accept(Verdict verdict) {
        increment(totals, Total.ACCEPTED.ordinal());
        countIf(verdict.isNewUser(), Total.NEW_USERS);
        countIf(verdict.sessionIsNew(), Total.SESSIONS_STARTED);
        countIf(verdict.isLate(), Total.LATE);
        countIf(verdict.isDuplicate(), Total.DUPLICATES);
    }

    /** Counts sessions that were published for the first time. */
    public void closeSessions(int closed) {
        totals.setOpaque(Total.SESSIONS_CLOSED.ordinal(), total(Total.SESSIONS_CLOSED) + closed);
    }

    /** All counts so far. */
    public TallySnapshot snapshot(long activeSessions) {
        return new TallySnapshot(
                total(Total.ACCEPTED),
                refusedByReason(),
                total(Total.NEW_USERS),
                total(Total.SESSIONS_STARTED),
                total(Total.SESSIONS_CLOSED),
                activeSessions,
                total(Total.LATE),
                total(Total.DUPLICATES));
    }

    private void countIf(boolean holds, Total total) {
        if (holds) {
            increment(totals, total.ordinal());
        }
    }

    private long total(Total total) {
        return totals.getOpaque(total.ordinal());
    }

    private Map<String, Long> refusedByReason() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            long count = refused.getOpaque(reason.ordinal());
            if (count > 0) {
                counts.put(reason.label(), count);
            }
        }
        return counts;
    }

    /** Cheaper than an atomic increment, and enough with one writer. */
    private static void increment(AtomicLongArray counts, int index) {
        counts.setOpaque(index, counts.getPlain(index) + 1);
    }
}

package io.gatehouse.core.tally;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Counts at one moment, mergeable by addition.
 *
 * @param accepted logins judged and accepted
 * @param refused refused events by the label of their reason; reasons without any are absent
 * @param newUsers logins that were their user's first
 * @param sessionsStarted logins that began a session
 * @param sessionsClosed sessions published for the first time
 * @param activeSessions users whose session is open at the partition's event time
 * @param late logins before their user's latest
 * @param duplicates logins already seen
 */
public record TallySnapshot(
        long accepted,
        Map<String, Long> refused,
        long newUsers,
        long sessionsStarted,
        long sessionsClosed,
        long activeSessions,
        long late,
        long duplicates) {

    /** The sum of several snapshots; an empty list gives all zeros. */
    public static TallySnapshot merge(List<TallySnapshot> parts) {
        return new TallySnapshot(
                sum(parts, TallySnapshot::accepted),
                sumByReason(parts),
                sum(parts, TallySnapshot::newUsers),
                sum(parts, TallySnapshot::sessionsStarted),
                sum(parts, TallySnapshot::sessionsClosed),
                sum(parts, TallySnapshot::activeSessions),
                sum(parts, TallySnapshot::late),
                sum(parts, TallySnapshot::duplicates));
    }

    private static long sum(List<TallySnapshot> parts, ToLongFunction<TallySnapshot> of) {
        return parts.stream().mapToLong(of).sum();
    }

    private static Map<String, Long> sumByReason(List<TallySnapshot> parts) {
        Map<String, Long> sums = new LinkedHashMap<>();
        parts.forEach(part -> part.refused.forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
        return sums;
    }

    /** The same without its active sessions: what a partition that was given away still counts for. */
    public TallySnapshot withoutActiveSessions() {
        return new TallySnapshot(accepted, refused, newUsers, sessionsStarted, sessionsClosed, 0, late, duplicates);
    }
}

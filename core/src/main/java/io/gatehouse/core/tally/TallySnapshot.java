package io.gatehouse.core.tally;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Counts at one moment, mergeable by addition.
 *
 * @param accepted logins judged and accepted
 * @param refused refused events by the label of their reason; reasons without any are absent
 * @param newUsers logins that were their user's first
 * @param sessionsStarted logins that began a session
 * @param activeSessions users whose session is open at the partition's event time
 * @param late logins before their user's latest
 * @param duplicates logins already seen
 * @param countries countries by logins, most first; logins whose country is not known are in none
 * @param platforms logins by platform, most first
 * @param versions app versions (as the event spells them, at most 256 distinct in a partition, the rest "other"), most
 *     first; logins without one are in none
 * @param hours logins by hour of day, 24 entries
 */
public record TallySnapshot(
        long accepted,
        Map<String, Long> refused,
        long newUsers,
        long sessionsStarted,
        long activeSessions,
        long late,
        long duplicates,
        List<Count> countries,
        List<Count> platforms,
        List<Count> versions,
        List<Long> hours) {
    private static final int HOURS = 24;

    /** How often a value was seen. */
    public record Count(String value, long count) {}

    /** The sum of several snapshots; an empty list gives all zeros. */
    public static TallySnapshot merge(List<TallySnapshot> parts) {
        return new TallySnapshot(
                sum(parts, TallySnapshot::accepted),
                sumByReason(parts),
                sum(parts, TallySnapshot::newUsers),
                sum(parts, TallySnapshot::sessionsStarted),
                sum(parts, TallySnapshot::activeSessions),
                sum(parts, TallySnapshot::late),
                sum(parts, TallySnapshot::duplicates),
                Ranking.merge(parts.stream().map(TallySnapshot::countries).toList()),
                Ranking.merge(parts.stream().map(TallySnapshot::platforms).toList()),
                Ranking.merge(parts.stream().map(TallySnapshot::versions).toList()),
                sumByHour(parts));
    }

    private static long sum(List<TallySnapshot> parts, ToLongFunction<TallySnapshot> of) {
        return parts.stream().mapToLong(of).sum();
    }

    private static Map<String, Long> sumByReason(List<TallySnapshot> parts) {
        Map<String, Long> sums = new LinkedHashMap<>();
        parts.forEach(part -> part.refused.forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
        return sums;
    }

    private static List<Long> sumByHour(List<TallySnapshot> parts) {
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> sum(parts, part -> part.hours.get(hour)))
                .toList();
    }

    /** The same without its active sessions: what a partition that was given away still counts for. */
    public TallySnapshot withoutActiveSessions() {
        return new TallySnapshot(
                accepted,
                refused,
                newUsers,
                sessionsStarted,
                0,
                late,
                duplicates,
                countries,
                platforms,
                versions,
                hours);
    }
}

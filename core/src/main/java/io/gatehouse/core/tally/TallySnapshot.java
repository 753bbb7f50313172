package io.gatehouse.core.tally;

import java.util.List;
import java.util.Map;

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
 * @param countries top countries by logins, most first
 * @param platforms logins by platform, most first
 * @param versions top app versions (as the event spells them, at most 256 distinct, the rest "other"), most first
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

    /** How often a value was seen. */
    public record Count(String value, long count) {}

    /** The sum of several snapshots; an empty list gives all zeros. */
    public static TallySnapshot merge(List<TallySnapshot> parts) {
        throw new UnsupportedOperationException("written next");
    }
}

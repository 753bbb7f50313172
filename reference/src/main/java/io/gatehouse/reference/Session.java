package io.gatehouse.reference;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session, of a user or as it was published.
 *
 * @param number of the user's sessions, from 1
 * @param startedAtMs epoch milliseconds
 * @param endedAtMs the latest login, epoch milliseconds
 * @param logins those that belong to it
 * @param lateLogins those of them that were late
 * @param devices distinct devices, 0 to 8
 * @param countries distinct countries, sorted, at most 8
 */
public record Session(
        String userId,
        long number,
        long startedAtMs,
        long endedAtMs,
        long logins,
        long lateLogins,
        int devices,
        List<String> countries) {

    /** The contract's {@code session_id}. */
    public String id() {
        return id(userId, startedAtMs);
    }

    static String id(String userId, long startedAtMs) {
        byte[] identity = (userId + "\0" + startedAtMs).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits(XxHash64.hash(identity));
    }

    /** The value to be published, members in the contract's order, for a session closed at this time. */
    public Map<String, Object> members(long revision, long closedAtMs) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("user_id", userId);
        members.put("session_id", id());
        members.put("revision", revision);
        members.put("number", number);
        members.put("started_at", ReferenceJudge.iso8601(startedAtMs));
        members.put("ended_at", ReferenceJudge.iso8601(endedAtMs));
        members.put("duration_seconds", (endedAtMs - startedAtMs) / 1000);
        members.put("logins", logins);
        members.put("late_logins", lateLogins);
        members.put("devices", devices);
        members.put("countries", countries);
        members.put("closed_at", Verdict.Accepted.withMilliseconds(closedAtMs));
        return members;
    }

    /** The same as the bytes of a record's value. */
    public byte[] value(long revision, long closedAtMs) {
        return JsonWriter.write(members(revision, closedAtMs)).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether this may be the same session at an earlier moment. */
    boolean isEarlierStateOf(Session later) {
        return id().equals(later.id())
                && number == later.number
                && endedAtMs <= later.endedAtMs
                && logins <= later.logins
                && lateLogins <= later.lateLogins
                && devices <= later.devices
                && later.countries.containsAll(countries);
    }
}

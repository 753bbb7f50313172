package io.gatehouse.reference;

import io.gatehouse.reference.JsonReader.NumberToken;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A publication of a session.
 *
 * @param number 1 for the first
 * @param closedAtMs epoch milliseconds
 */
record Revision(Session session, long number, long closedAtMs) {
    private static final List<String> TEXTS = List.of("user_id", "started_at", "ended_at", "closed_at");
    private static final List<String> NUMBERS = List.of("revision", "number", "logins", "late_logins", "devices");

    /** Reads a record's value; null when it is no session. What it says twice is read once. */
    static Revision read(byte[] value) {
        if (!(Checker.json(value) instanceof Map<?, ?> members) || !hasShape(members)) {
            return null;
        }
        try {
            Session session = new Session(
                    (String) members.get("user_id"),
                    number(members, "number"),
                    time(members, "started_at"),
                    time(members, "ended_at"),
                    number(members, "logins"),
                    number(members, "late_logins"),
                    Math.toIntExact(number(members, "devices")),
                    ((List<?>) members.get("countries"))
                            .stream().map(String.class::cast).toList());
            return new Revision(session, number(members, "revision"), time(members, "closed_at"));
        } catch (DateTimeException | ArithmeticException | NumberFormatException noValues) {
            return null;
        }
    }

    private static boolean hasShape(Map<?, ?> members) {
        return TEXTS.stream().allMatch(name -> members.get(name) instanceof String)
                && NUMBERS.stream().allMatch(name -> members.get(name) instanceof NumberToken)
                && members.get("countries") instanceof List<?> countries
                && countries.stream().allMatch(String.class::isInstance);
    }

    private static long number(Map<?, ?> members, String name) {
        return Long.parseLong(((NumberToken) members.get(name)).spelling());
    }

    private static long time(Map<?, ?> members, String name) {
        return Instant.parse((String) members.get(name)).toEpochMilli();
    }
}

package io.gatehouse.reference;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a case says must have been published in the end, beside what becomes of each record. */
public final class Publications {
    private static final Set<String> PARTIAL = Set.of("by", "distinct_users");

    private final List<Map<String, Object>> sessions;
    private final Map<String, Map<String, Object>> statistics;

    /** @param sessions null when the case says nothing of them; so with {@code statistics} */
    Publications(List<Map<String, Object>> sessions, Map<String, Map<String, Object>> statistics) {
        this.sessions = sessions;
        this.statistics = statistics;
    }

    /** Whether the case tells which sessions must have been published. */
    public boolean tellSessions() {
        return sessions != null;
    }

    /** Whether the case tells which statistics must have been published. */
    public boolean tellStatistics() {
        return statistics != null;
    }

    /**
     * How sessions differ from those that must be, once all of them are closed; empty when they do not.
     *
     * @param lastRevisions values of {@code login-sessions}, the last revision of each session, in any order
     */
    public List<String> differencesInSessions(List<byte[]> lastRevisions) {
        List<Map<?, ?>> actual = new ArrayList<>();
        lastRevisions.forEach(value -> actual.add((Map<?, ?>) Checker.json(value)));
        actual.sort(Comparator.<Map<?, ?>, String>comparing(session -> (String) session.get("user_id"))
                .thenComparing(session -> Instant.parse((String) session.get("started_at"))));
        if (actual.size() != sessions.size()) {
            return List.of("there must be " + sessions.size() + " sessions but there are " + actual);
        }
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            compareMembers("session " + i, sessions.get(i), actual.get(i), differences);
        }
        return differences;
    }

    /**
     * How statistics differ from those that must be; empty when they do not.
     *
     * @param lastOfKey the last value of each key of {@code login-stats}
     */
    public List<String> differencesInStatistics(Map<String, byte[]> lastOfKey) {
        if (!lastOfKey.keySet().equals(statistics.keySet())) {
            return List.of("the keys must be " + statistics.keySet() + " but are " + lastOfKey.keySet());
        }
        List<String> differences = new ArrayList<>();
        statistics.forEach((key, expected) -> {
            Map<?, ?> actual = (Map<?, ?>) Checker.json(lastOfKey.get(key));
            compareMembers(key, expected, actual, differences);
        });
        return differences;
    }

    /** Members that are not expected may be there. */
    private static void compareMembers(String path, Map<?, ?> expected, Map<?, ?> actual, List<String> differences) {
        expected.forEach((name, value) -> {
            String memberPath = path + "." + name;
            Object actualValue = actual.get(name);
            Object expectedValue = name.equals("hours") ? hours((Map<?, ?>) value) : value;
            if (PARTIAL.contains(name) && actualValue instanceof Map<?, ?> actualMembers) {
                compareMembers(memberPath, (Map<?, ?>) value, actualMembers, differences);
            } else if (!Objects.equals(expectedValue, actualValue)) {
                differences.add(memberPath + " must be " + JsonWriter.write(expectedValue) + " but is "
                        + JsonWriter.write(actualValue));
            }
        });
    }

    /** Seven days of 24 hours, from an object of those that are not 0. */
    private static List<Object> hours(Map<?, ?> byDay) {
        List<Object> rows = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            Object counts = byDay.get(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            Map<Object, Object> byHour = new LinkedHashMap<>();
            if (counts instanceof Map<?, ?> members) {
                byHour.putAll(members);
            }
            List<Object> row = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                row.add(byHour.getOrDefault(String.valueOf(hour), new JsonReader.NumberToken("0")));
            }
            rows.add(row);
        }
        return rows;
    }
}

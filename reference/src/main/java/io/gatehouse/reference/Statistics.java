package io.gatehouse.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one partition's statistics must be, window by window, as {@code docs/statistics.md} describes them. */
final class Statistics {
    private static final int OPEN_WINDOWS = 8;
    private static final int DAYS = 28;
    private static final int HOURS = 24;
    private static final long DAY_MS = 86_400_000L;
    private static final long HOUR_MS = 3_600_000L;

    private final long windowMs;
    /** Windows are known by their number, counted from 1970. */
    private final TreeMap<Long, LoginWindow> open = new TreeMap<>();

    /** The values of windows that nothing can be counted in any more, as JSON: there may be many. */
    private final Map<Long, String> closed = new LinkedHashMap<>();

    private final TreeMap<Long, Map<String, Long>> deadLetters = new TreeMap<>();
    private final TreeMap<Long, long[]> hoursOfDay = new TreeMap<>();
    /** The last publication; null before any. */
    private Map<String, Object> activity;

    Statistics(long windowMs) {
        this.windowMs = windowMs;
    }

    void accept(LoginEvent event, Map<String, Object> enrichment) {
        countActivity(event.eventTimeMs());
        long number = Math.floorDiv(event.eventTimeMs(), windowMs);
        if (!open.isEmpty() && number <= open.lastKey() - OPEN_WINDOWS) {
            open.lastEntry().getValue().countLateDropped();
            return;
        }
        open.computeIfAbsent(number, any -> new LoginWindow()).count(event, enrichment);
        while (open.firstKey() <= open.lastKey() - OPEN_WINDOWS) {
            Map.Entry<Long, LoginWindow> oldest = open.pollFirstEntry();
            closed.put(oldest.getKey(), JsonWriter.write(oldest.getValue().members()));
        }
    }

    void refuse(String reason, long recordTimestampMs) {
        long newest = deadLetters.isEmpty() ? 0 : deadLetters.lastKey();
        long number = recordTimestampMs < 0 ? newest : Math.floorDiv(recordTimestampMs, windowMs);
        boolean isOpen = deadLetters.isEmpty() || number > newest - OPEN_WINDOWS;
        deadLetters
                .computeIfAbsent(isOpen ? number : newest, any -> new TreeMap<>())
                .merge(reason, 1L, Long::sum);
    }

    private void countActivity(long eventTimeMs) {
        long day = Math.floorDiv(eventTimeMs, DAY_MS);
        if (!hoursOfDay.isEmpty() && day > hoursOfDay.lastKey()) {
            activity = activity(hoursOfDay.lastKey());
        }
        hoursOfDay.computeIfAbsent(day, any -> new long[HOURS])[(int) (Math.floorMod(eventTimeMs, DAY_MS) / HOUR_MS)]++;
        hoursOfDay.headMap(hoursOfDay.lastKey() - DAYS, true).clear();
    }

    private Map<String, Object> activity(long lastDay) {
        long[][] hours = new long[7][HOURS];
        hoursOfDay.forEach((day, counts) -> {
            int weekday = LocalDate.ofEpochDay(day).getDayOfWeek().getValue() - 1;
            for (int hour = 0; hour < HOURS; hour++) {
                hours[weekday][hour] += counts[hour];
            }
        });
        List<Object> rows = new ArrayList<>();
        for (long[] row : hours) {
            List<Object> counts = new ArrayList<>();
            for (long count : row) {
                counts.add(count);
            }
            rows.add(counts);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("days", DAYS);
        members.put("last_day", LocalDate.ofEpochDay(lastDay).toString());
        members.put("hours", rows);
        return members;
    }

    /**
     * What must be published, by key. Each value is the JSON object with all members but {@code sessions_closed} and
     * {@code processing_delay_ms}, which hang on timing, and one more in {@code distinct_users}: {@code exact}.
     */
    Map<String, String> records(int partition) {
        Map<String, String> records = new LinkedHashMap<>();
        closed.forEach((number, members) -> addWindow(records, number, partition, members));
        open.forEach((number, window) -> addWindow(records, number, partition, JsonWriter.write(window.members())));
        deadLetters.forEach((number, counts) -> records.put(
                start(number) + "/" + partition + "/dead-letters",
                join(head("dead_letters", number, partition), JsonWriter.write(Map.of("dead_letters", counts)))));
        if (activity != null) {
            Map<String, Object> head = new LinkedHashMap<>();
            head.put("schema_version", 1);
            head.put("kind", "activity");
            head.put("partition", partition);
            records.put("activity/" + partition, join(head, JsonWriter.write(activity)));
        }
        return records;
    }

    /** The windows of {@link #records} that have closed since this was asked last, which then does not tell them again. */
    Map<String, String> takeClosed(int partition) {
        if (closed.isEmpty()) {
            return Map.of();
        }
        Map<String, String> taken = new LinkedHashMap<>();
        closed.forEach((number, members) -> addWindow(taken, number, partition, members));
        closed.clear();
        return taken;
    }

    private void addWindow(Map<String, String> records, long number, int partition, String members) {
        records.put(start(number) + "/" + partition, join(head("logins", number, partition), members));
    }

    private Map<String, Object> head(String kind, long number, int partition) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("schema_version", 1);
        head.put("kind", kind);
        head.put("window_start", start(number).toString());
        head.put("window_end", start(number).plusMillis(windowMs).toString());
        head.put("partition", partition);
        return head;
    }

    /** One object of the members of both, the second of which is written already. */
    private static String join(Map<String, Object> head, String members) {
        String first = JsonWriter.write(head);
        return first.substring(0, first.length() - 1) + "," + members.substring(1);
    }

    private Instant start(long number) {
        return Instant.ofEpochMilli(number * windowMs);
    }
}

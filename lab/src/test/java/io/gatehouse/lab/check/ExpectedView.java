package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.reference.Places;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the merged view must tell of an input topic: the reference judges each partition by itself, and what it says of them
 * is added up here, plainly.
 */
final class ExpectedView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long OPEN_WINDOWS = 8;
    private static final List<String> TOTALS =
            List.of("logins", "new_users", "sessions_started", "late", "duplicates", "late_dropped");

    private final Places places;
    private final Settings settings;
    private final Map<Integer, ReferenceJudge> judges = new TreeMap<>();
    private final Map<Integer, Long> newestWindows = new TreeMap<>();
    private final Map<String, Set<String>> usersOfWindows = new TreeMap<>();

    private final Map<String, Map<String, Long>> windows = new TreeMap<>();
    private final Map<String, Map<String, Long>> deadLetterWindows = new TreeMap<>();
    private final Map<String, Map<String, Long>> by = new TreeMap<>();
    private final long[][] hours = new long[7][24];

    ExpectedView(Places places, Settings settings) {
        this.places = places;
        this.settings = settings;
    }

    /** Takes a partition's records in order. */
    void input(ConsumerRecord<byte[], byte[]> record) {
        Verdict verdict = judges.computeIfAbsent(record.partition(), any -> new ReferenceJudge(places, settings))
                .judge(record.value(), record.timestamp(), record.topic(), record.partition(), record.offset());
        if (verdict instanceof Verdict.Accepted accepted) {
            long number = accepted.eventTimeMs() / settings.statsWindowMs();
            long newest = newestWindows.merge(record.partition(), number, Math::max);
            if (number > newest - OPEN_WINDOWS) {
                String start =
                        Instant.ofEpochMilli(number * settings.statsWindowMs()).toString();
                usersOfWindows.computeIfAbsent(start, any -> new HashSet<>()).add(accepted.userId());
            }
        }
    }

    /** Adds up; to be called once, when all records are there. */
    ExpectedView merge() throws JsonProcessingException {
        for (Map.Entry<Integer, ReferenceJudge> judge : judges.entrySet()) {
            for (String value : judge.getValue().statistics(judge.getKey()).values()) {
                add(JSON.readTree(value));
            }
        }
        return this;
    }

    private void add(JsonNode record) {
        switch (record.get("kind").asText()) {
            case "logins" -> {
                Map<String, Long> window = of(windows, record);
                window.merge("partitions", 1L, Long::sum);
                TOTALS.forEach(total -> window.merge(total, record.get(total).asLong(), Long::sum));
                record.get("by")
                        .properties()
                        .forEach(heading -> addAll(
                                heading.getValue(), by.computeIfAbsent(heading.getKey(), any -> new TreeMap<>())));
            }
            case "dead_letters" -> addAll(record.get("dead_letters"), of(deadLetterWindows, record));
            default -> {
                for (int weekday = 0; weekday < 7; weekday++) {
                    for (int hour = 0; hour < 24; hour++) {
                        hours[weekday][hour] +=
                                record.at("/hours/" + weekday + "/" + hour).asLong();
                    }
                }
            }
        }
    }

    private static Map<String, Long> of(Map<String, Map<String, Long>> all, JsonNode record) {
        return all.computeIfAbsent(record.get("window_start").asText(), any -> new TreeMap<>());
    }

    private static void addAll(JsonNode counts, Map<String, Long> to) {
        counts.properties()
                .forEach(count -> to.merge(count.getKey(), count.getValue().asLong(), Long::sum));
    }

    /** How many events the page tells of: logins, those that came too late for their window, and dead letters. */
    static long events(JsonNode page) {
        long events = page.at("/logins/all/logins").asLong()
                + page.at("/logins/all/late_dropped").asLong();
        for (JsonNode reason : page.at("/dead_letters/all")) {
            events += reason.asLong();
        }
        return events;
    }

    /** How many there must be. */
    long events() {
        long refused = deadLetterWindows.values().stream()
                .flatMap(window -> window.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        return sum("logins") + sum("late_dropped") + refused;
    }

    private long sum(String total) {
        return windows.values().stream().mapToLong(window -> window.get(total)).sum();
    }

    /** Holds what {@code GET /api/stats} has answered against all that must be there. */
    void assertToldBy(JsonNode page) {
        Map<String, Map<String, Long>> toldWindows = new TreeMap<>();
        for (JsonNode window : page.at("/logins/windows")) {
            String start = window.get("window_start").asText();
            Map<String, Long> told = toldWindows.computeIfAbsent(start, any -> new TreeMap<>());
            told.put("partitions", window.get("partitions").asLong());
            TOTALS.forEach(total -> told.put(total, window.get(total).asLong()));
            assertEstimate(window.get("distinct_users").asLong(), usersOfWindows.get(start));
        }
        assertThat(toldWindows).isEqualTo(windows);
        TOTALS.forEach(total ->
                assertThat(page.at("/logins/all/" + total).asLong()).as(total).isEqualTo(sum(total)));
        Set<String> users = new HashSet<>();
        usersOfWindows.values().forEach(users::addAll);
        assertEstimate(page.at("/logins/all/distinct_users").asLong(), users);
        page.at("/logins/all/by").properties().forEach(heading -> assertThat(plain(heading.getValue()))
                .as(heading.getKey())
                .isEqualTo(by.get(heading.getKey())));
        Map<String, Map<String, Long>> toldDeadLetters = new TreeMap<>();
        for (JsonNode window : page.at("/dead_letters/windows")) {
            toldDeadLetters.put(window.get("window_start").asText(), plain(window.get("dead_letters")));
        }
        assertThat(toldDeadLetters).isEqualTo(deadLetterWindows);
        for (int weekday = 0; weekday < 7; weekday++) {
            for (int hour = 0; hour < 24; hour++) {
                assertThat(page.at("/activity/hours/" + weekday + "/" + hour).asLong())
                        .as("logins on weekday %s at %s h", weekday, hour)
                        .isEqualTo(hours[weekday][hour]);
            }
        }
    }

    /** Four standard errors; small numbers are nearly exact. */
    private static void assertEstimate(long estimate, Set<String> users) {
        assertThat(estimate).isCloseTo(users.size(), within(1 + Math.round(4 * 0.01625 * users.size())));
    }

    private static Map<String, Long> plain(JsonNode counts) {
        Map<String, Long> plain = new TreeMap<>();
        addAll(counts, plain);
        return plain;
    }
}

package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Record;
import io.gatehouse.reference.JsonReader.NumberToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Holds the last value of each key of the statistics against what must be counted. */
final class StatisticsCheck {
    private static final Set<String> DELAYS = delays();
    private static final int MOST_TOLD = 4;
    private static final int SIGMAS = 5;
    /** Estimates of few users are off by whole users, which no relative error allows for. */
    private static final int SLACK = 3;

    private final Differences differences;
    private final Map<String, Record> last = new HashMap<>();

    /** @param differences receives what is wrong with records by themselves */
    StatisticsCheck(Differences differences) {
        this.differences = differences;
    }

    /** Takes the next record of a partition. */
    void add(Record record) {
        if (record.key() == null || !(Checker.json(record.value()) instanceof Map<?, ?>)) {
            differences.add(Kind.UNREADABLE, Checker.where(record), Excerpt.of(record.value()));
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        Record before = last.put(key, record);
        if (before != null && before.partition() != record.partition()) {
            differences.add(
                    Kind.STATISTICS,
                    Checker.where(record),
                    key + " lies in partition " + before.partition() + " too, so that no value is the last");
        }
    }

    /** How many keys there are. */
    long keys() {
        return last.size();
    }

    /** Sessions closed, by the statistics of all windows. */
    long sessionsClosed() {
        return last.values().stream()
                .map(record -> (Map<?, ?>) Checker.json(record.value()))
                .mapToLong(members -> count(members.get("sessions_closed")))
                .filter(count -> count > 0)
                .sum();
    }

    /**
     * Adds how the last values differ from what one partition's judge says.
     *
     * @return the keys that there must be
     */
    Set<String> compare(ReferenceJudge judge, int partition, Differences found) {
        Map<String, String> expected = judge.statistics(partition);
        expected.forEach((key, value) -> {
            Record record = last.get(key);
            if (record == null) {
                found.add(Kind.MISSING_STATISTICS, key, "was never published; must be " + value);
                return;
            }
            List<String> what = differences(value, record.value());
            if (!what.isEmpty()) {
                String told = String.join("; ", what.subList(0, Math.min(MOST_TOLD, what.size())));
                found.add(Kind.STATISTICS, key, told + (what.size() > MOST_TOLD ? "; …" : ""));
            }
        });
        return expected.keySet();
    }

    /** Adds those published keys that must not be. */
    void findUnknown(Set<String> known, Differences found) {
        last.forEach((key, record) -> {
            if (!known.contains(key)) {
                found.add(Kind.UNKNOWN_STATISTICS, key, Excerpt.of(record.value()));
            }
        });
    }

    /**
     * How a value differs, in words.
     *
     * @param expected as {@link ReferenceJudge#statistics} gives it
     */
    static List<String> differences(String expected, byte[] actual) {
        List<String> what = new ArrayList<>();
        Map<String, Object> must = new LinkedHashMap<>(members(Checker.json(utf8(expected))));
        Map<String, Object> is = new LinkedHashMap<>(members(Checker.json(actual)));
        if ("logins".equals(must.get("kind"))) {
            compareClosed(is.remove("sessions_closed"), what);
            compareDelays(is.remove("processing_delay_ms"), count(must.get("logins")), what);
            compareUsers(members(must.remove("distinct_users")), members(is.remove("distinct_users")), what);
        }
        compare("", must, is, what);
        return what;
    }

    private static void compareClosed(Object sessionsClosed, List<String> what) {
        if (count(sessionsClosed) < 0) {
            what.add("sessions_closed must be a count but is " + text(sessionsClosed));
        }
    }

    private static void compareDelays(Object delays, long logins, List<String> what) {
        Map<String, Object> buckets = members(members(delays).get("buckets"));
        long sum = buckets.values().stream().mapToLong(StatisticsCheck::count).sum();
        if (sum != logins || !DELAYS.containsAll(buckets.keySet())) {
            what.add("processing_delay_ms must have " + logins + " logins in buckets but is " + text(delays));
        }
    }

    private static void compareUsers(Map<String, Object> must, Map<String, Object> is, List<String> what) {
        if (!must.get("sketch").equals(is.get("sketch")) || is.size() != 2) {
            what.add("distinct_users must be of sketch " + must.get("sketch") + " but is " + text(is));
        }
        long estimate = count(is.get("estimate"));
        long exact = count(must.get("exact"));
        double mostOff = SIGMAS * Sketch.STANDARD_ERROR * exact + SLACK;
        // One more or less may come of rounding.
        if (Math.abs(estimate - count(must.get("estimate"))) > 1 || Math.abs(estimate - exact) > mostOff) {
            what.add("distinct_users must be about " + must.get("estimate") + ", of " + exact + " in truth, but is "
                    + estimate);
        }
    }

    private static void compare(String path, Object must, Object is, List<String> what) {
        if (must instanceof Map<?, ?> mustMembers && is instanceof Map<?, ?> isMembers) {
            Set<Object> names = new LinkedHashSet<>(mustMembers.keySet());
            names.addAll(isMembers.keySet());
            names.forEach(name -> compare(
                    path.isEmpty() ? (String) name : path + "." + name,
                    mustMembers.get(name),
                    isMembers.get(name),
                    what));
        } else if (!Objects.equals(must, is)) {
            what.add(path + " must be " + text(must) + " but is " + text(is));
        }
    }

    /** The members of an object; none of anything else. */
    private static Map<String, Object> members(Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> members.put((String) name, member));
        }
        return members;
    }

    /** A count; -1 for what is none. */
    private static long count(Object value) {
        boolean counts =
                value instanceof NumberToken number && number.spelling().matches("[0-9]{1,18}");
        return counts ? Long.parseLong(((NumberToken) value).spelling()) : -1;
    }

    private static String text(Object value) {
        return value == null ? "absent" : JsonWriter.write(value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> delays() {
        Set<String> bounds = new LinkedHashSet<>();
        for (int power = 1; power <= 100_000; power *= 10) {
            bounds.addAll(List.of("" + power, "" + 2 * power, "" + 5 * power));
        }
        bounds.addAll(List.of("1000000", "more"));
        return bounds;
    }
}

package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Record;
import io.gatehouse.reference.JsonReader.NumberToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Holds the last value of each key of the statistics against what must be counted. Of what is settled, little is kept. */
final class StatisticsCheck {
    private static final Set<String> DELAYS = delays();
    private static final int MOST_TOLD = 4;
    private static final int SIGMAS = 5;
    /** Estimates of few users are off by whole users, which no relative error allows for. */
    private static final int SLACK = 3;

    private final Differences differences;
    /** The last values of keys that are not settled. */
    private final Map<String, Record> last = new HashMap<>();
    /** What is final of the keys that are not settled. */
    private final Map<String, String> complete = new HashMap<>();
    /** What was final, and published so. */
    private final Map<String, Settled> settled = new HashMap<>();

    /**
     * A key whose value may be published again, but not with other counts.
     *
     * @param counts a hash of all that does not hang on timing
     */
    private record Settled(long counts, long sessionsClosed, int partition) {}

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
        Settled before = settled.get(key);
        if (before == null) {
            Record unsettled = last.put(key, record);
            checkPlace(key, record, unsettled == null ? record.partition() : unsettled.partition());
            settle(key);
            return;
        }
        checkPlace(key, record, before.partition);
        Settled again = settled(record);
        if (again.counts != before.counts) {
            differences.add(
                    Kind.STATISTICS, Checker.where(record), key + " was complete already, and with other counts");
        }
        settled.put(key, again);
    }

    private void checkPlace(String key, Record record, int partitionBefore) {
        if (record.partition() != partitionBefore) {
            differences.add(
                    Kind.STATISTICS,
                    Checker.where(record),
                    key + " lies in partition " + partitionBefore + " too, so that no value is the last");
        }
    }

    /**
     * Takes what nothing is counted in any more.
     *
     * @param value as {@link ReferenceJudge#statistics} gives it
     */
    void complete(String key, String value) {
        complete.put(key, value);
        settle(key);
    }

    private void settle(String key) {
        String must = complete.get(key);
        Record record = last.get(key);
        if (must != null && record != null && differences(must, record.value()).isEmpty()) {
            complete.remove(key);
            last.remove(key);
            settled.put(key, settled(record));
        }
    }

    private static Settled settled(Record record) {
        Map<String, Object> counts = members(Checker.json(record.value()));
        long sessionsClosed = count(counts.remove("sessions_closed"));
        counts.remove("processing_delay_ms");
        return new Settled(XxHash64.hash(utf8(JsonWriter.write(sorted(counts)))), sessionsClosed, record.partition());
    }

    /** The same in one order of members, on which nothing hangs. */
    private static Object sorted(Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            return value;
        }
        Map<String, Object> members = new TreeMap<>();
        object.forEach((name, member) -> members.put((String) name, sorted(member)));
        return members;
    }

    /** How many keys there are. */
    long keys() {
        return last.size() + settled.size();
    }

    /** Sessions closed, by the statistics of all windows. */
    long sessionsClosed() {
        LongStream unsettled = last.values().stream()
                .map(record -> (Map<?, ?>) Checker.json(record.value()))
                .mapToLong(members -> count(members.get("sessions_closed")));
        LongStream others = settled.values().stream().mapToLong(Settled::sessionsClosed);
        return LongStream.concat(unsettled, others).filter(count -> count > 0).sum();
    }

    /** Adds how the last values differ from what the lanes' judges say. */
    void compare(Collection<Lane> lanes, Differences found) {
        Map<String, String> expected = new HashMap<>(complete);
        lanes.forEach(lane -> expected.putAll(lane.judge.statistics(lane.partition)));
        expected.forEach((key, value) -> compare(key, value, found));
        last.forEach((key, record) -> {
            if (!expected.containsKey(key)) {
                found.add(Kind.UNKNOWN_STATISTICS, key, Excerpt.of(record.value()));
            }
        });
    }

    private void compare(String key, String expected, Differences found) {
        Record record = last.get(key);
        if (record == null) {
            found.add(Kind.MISSING_STATISTICS, key, "was never published; must be " + expected);
            return;
        }
        List<String> what = differences(expected, record.value());
        if (!what.isEmpty()) {
            String told = String.join("; ", what.subList(0, Math.min(MOST_TOLD, what.size())));
            found.add(Kind.STATISTICS, key, told + (what.size() > MOST_TOLD ? "; …" : ""));
        }
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

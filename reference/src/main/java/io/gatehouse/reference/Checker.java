package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what came out against what went in: every input record exactly once in the processed topic or among the dead
 * letters, each user's order kept, and every byte as the reference says; and where it is told to expect them, closed
 * sessions and statistics.
 *
 * <p>Records may be given in any interleaving, so long as each topic partition's come in offset order. What has come in
 * and not yet out is held (as is what came out first), so that reading the topics side by side needs little memory;
 * what went in is otherwise held at about its size. Not thread-safe.
 *
 * <p>A user's order is that of the input's partition, or where the input was re-keyed, that of the by-user topic's: then
 * that topic is given first, as a whole.
 */
public final class Checker {
    private final Places places;
    private final Settings settings;
    private final Differences differences;
    private final Map<Origin, Partition> partitions = new LinkedHashMap<>();
    private final Map<Integer, Lane> byUser = new TreeMap<>();
    private final SessionsCheck sessions;
    private final StatisticsCheck statistics;
    private Closed sessionsExpected = Closed.UNCHECKED;
    private boolean statisticsExpected;
    private long inputs;
    private long processed;
    private long deadLetters;
    private long agreed;

    /** Which sessions must have been published. */
    public enum Closed {
        /** Nothing is asked of sessions. */
        UNCHECKED,
        /** Those that later logins have closed; others may be there. */
        BY_LOGINS,
        /** All: silence has closed those that no login has. */
        ALL
    }

    /** A record's header; the value may be null. */
    public record Header(String name, byte[] value) {}

    /**
     * A record of any topic.
     *
     * @param timestampMs Kafka timestamp, epoch milliseconds; -1 for none
     * @param key may be null
     * @param value may be null
     */
    public record Record(
            String topic,
            int partition,
            long offset,
            long timestampMs,
            byte[] key,
            byte[] value,
            List<Header> headers) {}

    /** A partition of an input topic. */
    private record Origin(String topic, int partition) {}

    /** What came out, and whether into the processed topic. */
    private record Found(Record record, boolean processed) {}

    /** Where a user's latest processed event lies, and which place in its lane it has. */
    private record Latest(int partition, long position, String source) {}

    /** A record's place in the order in which its partition is judged. */
    private record Place(Lane lane, long position) {}

    /** Records that are judged one after another: those of a partition of the topic that users are judged from. */
    private static final class Lane {
        private final ReferenceJudge judge;
        private final Map<String, Latest> latestOfUser = new HashMap<>();
        /** Where the input was re-keyed: records whose turn has not come. */
        private final Map<Long, Record> early = new HashMap<>();

        private long length;
        private long judged;

        Lane(ReferenceJudge judge) {
            this.judge = judge;
        }
    }

    private static final class Partition {
        private final Lane own;
        private final Map<Long, Place> routed = new HashMap<>();
        private final Map<Long, Expected> awaited = new HashMap<>();
        private final Map<Long, Found> early = new HashMap<>();
        private final Set<Long> answered = new HashSet<>();
        private long lastOffset = -1;

        Partition(Lane own) {
            this.own = own;
        }
    }

    /** @param mostDifferences how many differences are told one by one; all are counted */
    public Checker(Places places, Settings settings, int mostDifferences) {
        this.places = places;
        this.settings = settings;
        this.differences = new Differences(mostDifferences);
        this.sessions = new SessionsCheck(differences);
        this.statistics = new StatisticsCheck(differences);
    }

    /** Says which sessions must have been published when the next {@link #report} is made. */
    public void expectSessions(Closed closed) {
        sessionsExpected = closed;
    }

    /** Says that statistics must have been published when a {@link #report} is made. */
    public void expectStatistics() {
        statisticsExpected = true;
    }

    /**
     * Takes the next record of a partition of the by-user topic. All of them come before any other topic's.
     *
     * @throws IllegalStateException when an input record was given already
     */
    public void routed(Record record) {
        if (inputs > 0) {
            throw new IllegalStateException("the by-user topic comes first");
        }
        Lane lane = byUser.computeIfAbsent(record.partition(), any -> lane());
        RouteOrigin from = RouteOrigin.of(record);
        if (from == null) {
            differences.add(Kind.UNREADABLE, where(record), Excerpt.of(record.headers()));
            return;
        }
        Origin origin = new Origin(from.topic(), from.partition());
        if (partition(origin).routed.containsKey(from.offset())) {
            differences.add(Kind.REPEATED, where(origin, from.offset()), "once more at " + where(record));
            return;
        }
        partition(origin).routed.put(from.offset(), new Place(lane, lane.length++));
    }

    /**
     * Takes the next record of a partition of the input topic.
     *
     * @throws IllegalArgumentException when its offset is not larger than the one before
     */
    public void input(Record input) {
        inputs++;
        Partition partition = partition(new Origin(input.topic(), input.partition()));
        if (input.offset() <= partition.lastOffset) {
            throw new IllegalArgumentException("offset " + input.offset() + " after " + partition.lastOffset);
        }
        partition.lastOffset = input.offset();
        if (byUser.isEmpty()) {
            judge(input, partition, partition.own);
            return;
        }
        Place place = partition.routed.get(input.offset());
        if (place == null) {
            differences.add(Kind.MISSING, where(input), "was routed nowhere");
            return;
        }
        Lane lane = place.lane;
        lane.early.put(place.position, input);
        for (Record next = lane.early.remove(lane.judged); next != null; next = lane.early.remove(lane.judged)) {
            lane.judged++;
            judge(next, partition(new Origin(next.topic(), next.partition())), lane);
        }
    }

    private void judge(Record input, Partition partition, Lane lane) {
        Verdict verdict =
                lane.judge.judge(input.value(), input.timestampMs(), input.topic(), input.partition(), input.offset());
        Expected expected = Expected.of(input, verdict);
        Found found = partition.early.remove(input.offset());
        if (found == null) {
            partition.awaited.put(input.offset(), expected);
        } else {
            compare(expected, found);
        }
    }

    /** Takes the next record of a partition of the processed topic. */
    public void processed(Record output) {
        processed++;
        if (enrichment(output.value()).get("source") instanceof Map<?, ?> source) {
            String topic = String.valueOf(source.get("topic"));
            Long partition = number(source.get("partition"));
            Long offset = number(source.get("offset"));
            if (partition != null && offset != null) {
                Origin origin = new Origin(topic, partition.intValue());
                checkOrder(origin, offset, output);
                found(origin, offset, new Found(output, true));
                return;
            }
        }
        differences.add(Kind.UNREADABLE, where(output), Excerpt.of(output.value()));
    }

    /** Takes the next record of a partition of the dead-letter topic. */
    public void deadLetter(Record output) {
        deadLetters++;
        String topic = Headers.text(output.headers(), "gatehouse.source.topic");
        Long partition = number(Headers.text(output.headers(), "gatehouse.source.partition"));
        Long offset = number(Headers.text(output.headers(), "gatehouse.source.offset"));
        if (topic == null || partition == null || offset == null) {
            differences.add(Kind.UNREADABLE, where(output), Excerpt.of(output.headers()));
        } else {
            found(new Origin(topic, partition.intValue()), offset, new Found(output, false));
        }
    }

    /** Takes the next record of a partition of the topic of closed sessions. */
    public void session(Record output) {
        sessions.add(output);
    }

    /** Takes the next record of a partition of the topic of statistics. */
    public void statistics(Record output) {
        statistics.add(output);
    }

    /**
     * How a value of the topic of statistics differs, in words; empty when it does not.
     *
     * @param expected as {@link ReferenceJudge#statistics} gives it
     */
    public static List<String> differencesInStatistics(String expected, byte[] actual) {
        return StatisticsCheck.differences(expected, actual);
    }

    /** What all records given so far amount to, taking them for all there are. */
    public CheckReport report() {
        Differences complete = differences.copy();
        partitions.forEach((origin, partition) -> {
            partition.awaited.keySet().stream()
                    .sorted()
                    .forEach(offset -> complete.add(Kind.MISSING, where(origin, offset), "came out nowhere"));
            partition.early.forEach((offset, found) -> complete.add(
                    Kind.UNKNOWN_SOURCE, where(found.record), "claims to come from " + where(origin, offset)));
        });
        byUser.forEach((number, lane) -> {
            if (lane.judged < lane.length) {
                complete.add(
                        Kind.UNKNOWN_SOURCE,
                        "by-user " + number,
                        "of " + lane.length + " records, the one after " + lane.judged
                                + " claims to come from a record that is not in the input");
            }
        });
        if (sessionsExpected != Closed.UNCHECKED) {
            compareSessions(complete);
        }
        if (statisticsExpected) {
            compareStatistics(complete);
        }
        return new CheckReport(
                inputs,
                processed,
                deadLetters,
                agreed,
                sessions.sessions(),
                statistics.keys(),
                complete.counts(),
                complete.kept());
    }

    private void compareSessions(Differences complete) {
        Set<String> known = new HashSet<>();
        judges().values()
                .forEach(judge -> known.addAll(sessions.compare(judge, sessionsExpected == Closed.ALL, complete)));
        sessions.findUnknown(known, complete);
    }

    private void compareStatistics(Differences complete) {
        Set<String> known = new HashSet<>();
        judges().forEach((number, judge) -> known.addAll(statistics.compare(judge, number, complete)));
        statistics.findUnknown(known, complete);
        if (sessionsExpected != Closed.UNCHECKED && statistics.sessionsClosed() != sessions.sessions()) {
            complete.add(
                    Kind.STATISTICS,
                    "sessions_closed",
                    "of all windows must be " + sessions.sessions() + " but is " + statistics.sessionsClosed());
        }
    }

    /** By the partition that users are judged in. */
    private Map<Integer, ReferenceJudge> judges() {
        Map<Integer, ReferenceJudge> judges = new TreeMap<>();
        if (byUser.isEmpty()) {
            partitions.forEach((origin, partition) -> judges.put(origin.partition, partition.own.judge));
        } else {
            byUser.forEach((number, lane) -> judges.put(number, lane.judge));
        }
        return judges;
    }

    private void found(Origin origin, long offset, Found found) {
        Partition partition = partition(origin);
        if (!partition.answered.add(offset)) {
            differences.add(Kind.REPEATED, where(origin, offset), "once more at " + where(found.record));
            return;
        }
        Expected expected = partition.awaited.remove(offset);
        if (expected == null) {
            partition.early.put(offset, found);
        } else {
            compare(expected, found);
        }
    }

    private void compare(Expected expected, Found found) {
        long before = differences.total();
        expected.compare(found.record, found.processed, differences);
        if (differences.total() == before) {
            agreed++;
        }
    }

    private void checkOrder(Origin origin, long offset, Record output) {
        String user = output.key() == null ? "" : new String(output.key(), StandardCharsets.UTF_8);
        Partition partition = partition(origin);
        Place place = byUser.isEmpty() ? new Place(partition.own, offset) : partition.routed.get(offset);
        if (place == null) {
            // That it was routed nowhere is told elsewhere.
            return;
        }
        Map<String, Latest> latestOfUser = place.lane.latestOfUser;
        Latest latest = latestOfUser.get(user);
        if (latest != null && latest.partition != output.partition()) {
            differences.add(
                    Kind.ORDER,
                    where(output),
                    user + " has an earlier event in partition " + latest.partition + ", so that no order holds");
        } else if (latest != null && latest.position > place.position) {
            differences.add(
                    Kind.ORDER, where(output), where(origin, offset) + " of " + user + " comes after " + latest.source);
            return;
        }
        latestOfUser.put(user, new Latest(output.partition(), place.position, where(origin, offset)));
    }

    private Partition partition(Origin origin) {
        return partitions.computeIfAbsent(origin, any -> new Partition(lane()));
    }

    private Lane lane() {
        return new Lane(new ReferenceJudge(places, settings));
    }

    /** The enrichment of a processed event; empty when there is none to be found. */
    static Map<?, ?> enrichment(byte[] value) {
        if (json(value) instanceof Map<?, ?> event && event.get("enrichment") instanceof Map<?, ?> enrichment) {
            return enrichment;
        }
        return Map.of();
    }

    /** What {@link JsonReader} reads; null when there is no JSON. */
    static Object json(byte[] value) {
        try {
            return value == null
                    ? null
                    : JsonReader.read(new String(value, StandardCharsets.UTF_8)).value();
        } catch (MalformedJson malformed) {
            return null;
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** The whole number that a JSON value or a text spells; null when it spells none. */
    private static Long number(Object value) {
        String spelling = value instanceof JsonReader.NumberToken token ? token.spelling() : String.valueOf(value);
        return spelling.matches("[0-9]{1,18}") ? Long.valueOf(spelling) : null;
    }

    static String where(Record record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static String where(Origin origin, long offset) {
        return origin.topic + "-" + origin.partition + "@" + offset;
    }
}

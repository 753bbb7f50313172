package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
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
 * and not yet out is held (as is what came out first): topics that are read side by side need little memory. Of all
 * else it keeps a few bits a record, and what the contract remembers of users, sessions and windows. Not thread-safe.
 *
 * <p>A user's order is that of the input's partition, or where the input was re-keyed, that of the by-user topic's.
 */
public final class Checker {
    private final Places places;
    private final Settings settings;
    private final Differences differences;
    private final Map<Origin, Partition> partitions = new LinkedHashMap<>();
    private final Map<Integer, Lane> byUser = new TreeMap<>();
    /** Of re-keyed input: a user is judged in one lane. */
    private final Order orderByUser;

    private final SessionsCheck sessions;
    private final StatisticsCheck statistics;
    private Closed sessionsExpected = Closed.UNCHECKED;
    private boolean statisticsExpected;
    private boolean rekeyed;
    private long inputs;
    private long processed;
    private long deadLetters;
    private long agreed;
    private long inputsHeld;
    private long routesHeld;
    private long outputsHeld;

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

    /**
     * What came out.
     *
     * @param processed whether into the processed topic
     * @param arrival its place among all that came out
     */
    private record Found(Record record, boolean processed, long arrival) {}

    /** A record's place in the order in which its partition is judged. */
    private record Place(Lane lane, long position) {}

    /** What must come out of a record that was judged. */
    private record Awaited(Expected expected, Place place) {}

    private static final class Partition {
        private final Lane own;
        private final Offsets everRouted = new Offsets();
        private final Map<Long, Place> routed = new HashMap<>();
        private final Map<Long, Record> unrouted = new HashMap<>();
        private final Map<Long, Awaited> awaited = new HashMap<>();
        private final Map<Long, Found> early = new HashMap<>();
        private final Offsets answered = new Offsets();
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
        this.orderByUser = new Order(differences);
        this.sessions = new SessionsCheck(differences);
        this.statistics = new StatisticsCheck(differences);
    }

    /** Says, before any record is given, that the input was re-keyed: each record passes through the by-user topic. */
    public void expectRouted() {
        rekeyed = true;
    }

    /** Says, before any record is given, which sessions must have been published when a {@link #report} is made. */
    public void expectSessions(Closed closed) {
        sessionsExpected = closed;
    }

    /** Says, before any record is given, that statistics must have been published when a {@link #report} is made. */
    public void expectStatistics() {
        statisticsExpected = true;
    }

    /**
     * Takes the next record of a partition of the by-user topic.
     *
     * @throws IllegalStateException when none is expected
     */
    public void routed(Record record) {
        if (!rekeyed) {
            throw new IllegalStateException("the input is not expected to be re-keyed");
        }
        Lane lane = byUser.computeIfAbsent(record.partition(), number -> new Lane(number, judge(), orderByUser));
        RouteOrigin from = RouteOrigin.of(record);
        if (from == null) {
            differences.add(Kind.UNREADABLE, where(record), Excerpt.of(record.headers()));
            return;
        }
        Origin origin = new Origin(from.topic(), from.partition());
        Partition partition = partition(origin);
        if (!partition.everRouted.add(from.offset())) {
            differences.add(Kind.REPEATED, where(origin, from.offset()), "once more at " + where(record));
            return;
        }
        Place place = new Place(lane, lane.append());
        Record input = partition.unrouted.remove(from.offset());
        if (input == null) {
            partition.routed.put(from.offset(), place);
            routesHeld++;
        } else {
            judgeInTurn(input, place);
        }
    }

    /**
     * Takes the next record of a partition of the input topic.
     *
     * @throws IllegalArgumentException when its offset is not larger than the one before
     */
    public void input(Record input) {
        inputs++;
        inputsHeld++;
        Partition partition = partition(new Origin(input.topic(), input.partition()));
        if (input.offset() <= partition.lastOffset) {
            throw new IllegalArgumentException("offset " + input.offset() + " after " + partition.lastOffset);
        }
        partition.lastOffset = input.offset();
        if (!rekeyed) {
            judgeInTurn(input, new Place(partition.own, partition.own.append()));
            return;
        }
        Place place = partition.routed.remove(input.offset());
        if (place == null) {
            partition.unrouted.put(input.offset(), input);
        } else {
            routesHeld--;
            judgeInTurn(input, place);
        }
    }

    private void judgeInTurn(Record input, Place place) {
        Lane lane = place.lane;
        lane.put(place.position, input);
        for (Record next = lane.next(); next != null; next = lane.next()) {
            judge(next, new Place(lane, lane.judged()));
        }
    }

    private void judge(Record input, Place place) {
        ReferenceJudge judge = place.lane.judge;
        Verdict verdict =
                judge.judge(input.value(), input.timestampMs(), input.topic(), input.partition(), input.offset());
        settle(place.lane);
        Awaited awaited = new Awaited(Expected.of(input, verdict), place);
        Partition partition = partition(new Origin(input.topic(), input.partition()));
        Found found = partition.early.remove(input.offset());
        if (found == null) {
            partition.awaited.put(input.offset(), awaited);
        } else {
            outputsHeld--;
            compare(awaited, found);
        }
    }

    /** Takes what is final of the judge's, which there may be much of, whether it is asked for or not. */
    private void settle(Lane lane) {
        List<Session> ended = lane.judge.takeEndedSessions();
        if (sessionsExpected != Closed.UNCHECKED) {
            ended.forEach(sessions::ended);
        }
        Map<String, String> windows = lane.judge.takeFinalStatistics(lane.partition);
        if (statisticsExpected) {
            windows.forEach(statistics::complete);
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
                found(new Origin(topic, partition.intValue()), offset, output, true);
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
            found(new Origin(topic, partition.intValue()), offset, output, false);
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

    /** Input records that are held until it is known what came of them. */
    public long inputsHeld() {
        return inputsHeld;
    }

    /** By-user records that wait for their input records. */
    public long routesHeld() {
        return routesHeld;
    }

    /** Processed events and dead letters that are held until their input records have been judged. */
    public long outputsHeld() {
        return outputsHeld;
    }

    /** What the records given so far amount to, whatever comes after them: nothing is missing yet. */
    public CheckReport soFar() {
        return report(differences);
    }

    /** What all records given so far amount to, taking them for all there are. */
    public CheckReport report() {
        Differences complete = differences.copy();
        partitions.forEach((origin, partition) -> {
            tellMissing(origin, partition.unrouted.keySet(), "was routed nowhere", complete);
            tellMissing(origin, partition.awaited.keySet(), "came out nowhere", complete);
            partition.early.forEach((offset, found) -> complete.add(
                    Kind.UNKNOWN_SOURCE, where(found.record), "claims to come from " + where(origin, offset)));
        });
        byUser.forEach((number, lane) -> {
            if (lane.judged() < lane.length()) {
                complete.add(
                        Kind.UNKNOWN_SOURCE,
                        "by-user " + number,
                        "of " + lane.length() + " records, the one after " + lane.judged()
                                + " claims to come from a record that is not in the input");
            }
        });
        if (sessionsExpected != Closed.UNCHECKED) {
            sessions.compare(lanes(), sessionsExpected == Closed.ALL, complete);
        }
        if (statisticsExpected) {
            compareStatistics(complete);
        }
        return report(complete);
    }

    private static void tellMissing(Origin origin, Set<Long> offsets, String what, Differences complete) {
        offsets.stream().sorted().forEach(offset -> complete.add(Kind.MISSING, where(origin, offset), what));
    }

    private CheckReport report(Differences found) {
        return new CheckReport(
                inputs,
                processed,
                deadLetters,
                agreed,
                sessions.sessions(),
                statistics.keys(),
                found.counts(),
                found.kept());
    }

    private void compareStatistics(Differences complete) {
        statistics.compare(lanes(), complete);
        if (sessionsExpected != Closed.UNCHECKED && statistics.sessionsClosed() != sessions.sessions()) {
            complete.add(
                    Kind.STATISTICS,
                    "sessions_closed",
                    "of all windows must be " + sessions.sessions() + " but is " + statistics.sessionsClosed());
        }
    }

    /** Those that users are judged in. */
    private Collection<Lane> lanes() {
        return rekeyed
                ? byUser.values()
                : partitions.values().stream().map(partition -> partition.own).toList();
    }

    private void found(Origin origin, long offset, Record output, boolean isProcessed) {
        Partition partition = partition(origin);
        if (!partition.answered.add(offset)) {
            differences.add(Kind.REPEATED, where(origin, offset), "once more at " + where(output));
            return;
        }
        Found found = new Found(output, isProcessed, processed + deadLetters);
        Awaited awaited = partition.awaited.remove(offset);
        if (awaited == null) {
            partition.early.put(offset, found);
            outputsHeld++;
        } else {
            compare(awaited, found);
        }
    }

    private void compare(Awaited awaited, Found found) {
        inputsHeld--;
        long before = differences.total();
        awaited.expected.compare(found.record, found.processed, differences);
        if (found.processed && awaited.expected instanceof Expected.Login login) {
            Place place = awaited.place;
            place.lane.order.check(
                    login.userId(), place.lane, place.position, found.record, found.arrival, login.where());
        }
        if (differences.total() == before) {
            agreed++;
        }
    }

    private Partition partition(Origin origin) {
        return partitions.computeIfAbsent(
                origin, any -> new Partition(new Lane(origin.partition, judge(), new Order(differences))));
    }

    private ReferenceJudge judge() {
        return new ReferenceJudge(places, settings);
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

package io.gatehouse.engine.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.route.Origin;
import io.gatehouse.reference.Checker;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Session;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Reads what a history has written, as a committed reader, and holds it against the reference. */
final class SimChecker {
    private static final Pattern SOURCE =
            Pattern.compile("\"source\":\\{\"topic\":\"[^\"]*\",\"partition\":(\\d+),\"offset\":(\\d+)}}}$");
    private static final Pattern SESSION = Pattern.compile("\"session_id\":\"([0-9a-f]{16})\",\"revision\":(\\d+),");
    private static final Pattern CLOSED_AT = Pattern.compile("\"closed_at\":\"([^\"]*)\"");
    private static final Pattern SESSIONS_CLOSED = Pattern.compile("\"sessions_closed\":(\\d+)");
    private static final Pattern PROCESSED_AT = Pattern.compile("\"processed_timestamp\":\"([^\"]*)\"");

    /** Where a record of the input lies. */
    private record Place(int partition, long offset) {}

    /** When a record is judged among those of its lane, the partition that its user is judged in. */
    private record Turn(int lane, long number) {}

    private final SimKafka kafka;
    private final String input;
    private final String judged;
    private final boolean remembers;
    private final Map<TopicPartition, Long> since = new HashMap<>();
    private final Map<Place, byte[]> verdicts = new HashMap<>();

    SimChecker(SimKafka kafka, String input) {
        this(kafka, input, true);
    }

    /** @param remembers whether anything was remembered of users */
    SimChecker(SimKafka kafka, String input, boolean remembers) {
        this(kafka, input, input, remembers);
    }

    /** @param judged the topic that users are judged from: the input, or where its records were re-keyed to */
    SimChecker(SimKafka kafka, String input, String judged, boolean remembers) {
        this.judged = judged;
        this.remembers = remembers;
        this.kafka = kafka;
        this.input = input;
    }

    /** Looks only at verdicts that are not there yet: those before belong to a life that was given up. */
    SimChecker fromNowOn(String processed, String deadLetters) {
        for (int partition = 0; partition < kafka.partitions(input); partition++) {
            for (String topic : new String[] {processed, deadLetters}) {
                TopicPartition written = new TopicPartition(topic, partition);
                since.put(written, kafka.log(written).endOffset());
            }
        }
        return this;
    }

    /**
     * @throws AssertionError when a session's last revision is not what the reference says, one is missing or doubled, or
     *     statistics count others
     */
    void checkSessions(String sessions, String statistics) {
        Map<String, String> lasts = new HashMap<>();
        Map<String, Long> revisions = new HashMap<>();
        for (int partition = 0; partition < kafka.partitions(sessions); partition++) {
            SimLog log = kafka.log(new TopicPartition(sessions, partition));
            for (long offset = 0; offset < log.endOffset(); offset++) {
                if (log.isVisible(offset)) {
                    String value = new String(log.at(offset).value(), UTF_8);
                    Matcher session = SESSION.matcher(value);
                    assertThat(session.find()).isTrue();
                    long revision = Long.parseLong(session.group(2));
                    Long before = revisions.put(session.group(1), revision);
                    assertThat(revision).as("revision of " + value).isEqualTo(before == null ? 1 : before + 1);
                    lasts.put(session.group(1), value);
                }
            }
        }
        assertThat(sessionsCounted(statistics))
                .as("sessions closed, by the statistics")
                .isEqualTo(lasts.size());
        for (List<Place> lane : lanes()) {
            for (Session expected : sessionsOf(lane)) {
                String last = lasts.remove(expected.id());
                assertThat(last).as("publication of " + expected).isNotNull();
                Matcher closedAt = CLOSED_AT.matcher(last);
                assertThat(closedAt.find()).isTrue();
                long closedAtMs = Instant.parse(closedAt.group(1)).toEpochMilli();
                assertThat(last).isEqualTo(new String(expected.value(revisions.get(expected.id()), closedAtMs), UTF_8));
            }
        }
        assertThat(lasts.values()).as("sessions that there were not").isEmpty();
    }

    private long sessionsCounted(String topic) {
        long counted = 0;
        for (byte[] value : lastStatistics(topic).values()) {
            Matcher closed = SESSIONS_CLOSED.matcher(new String(value, UTF_8));
            counted += closed.find() ? Long.parseLong(closed.group(1)) : 0;
        }
        return counted;
    }

    private List<Session> sessionsOf(List<Place> lane) {
        ReferenceJudge reference = new ReferenceJudge(address -> null, Settings.DEFAULTS);
        lane.forEach(place -> judge(reference, place));
        return Stream.concat(reference.closedSessions().stream(), reference.openSessions().stream())
                .toList();
    }

    /** @throws AssertionError when something was lost, doubled, reordered or told otherwise than the reference does */
    void check(String processed, String deadLetters, String statistics) {
        everyTransactionFencesWhatItWrites();
        Map<String, byte[]> lastStatistics = remembers ? lastStatistics(statistics) : Map.of();
        List<List<Place>> lanes = lanes();
        Map<Place, Turn> turns = turns(lanes);
        for (int partition = 0; partition < kafka.partitions(processed); partition++) {
            collectProcessed(new TopicPartition(processed, partition), turns);
        }
        for (int partition = 0; partition < kafka.partitions(deadLetters); partition++) {
            collectDeadLetters(new TopicPartition(deadLetters, partition));
        }
        for (int lane = 0; lane < lanes.size(); lane++) {
            compare(lane, lanes.get(lane), lastStatistics);
        }
        assertThat(verdicts.keySet())
                .as("verdicts on records that were never written")
                .isEmpty();
        assertThat(lastStatistics.keySet())
                .as("statistics of what was never written")
                .isEmpty();
    }

    private List<List<Place>> lanes() {
        return IntStream.range(0, kafka.partitions(judged)).mapToObj(this::lane).toList();
    }

    /** The input's records in the order in which they are judged in a partition. */
    private List<Place> lane(int partition) {
        SimLog log = kafka.log(new TopicPartition(judged, partition));
        List<Place> lane = new ArrayList<>();
        for (long offset = 0; offset < log.endOffset(); offset++) {
            if (judged.equals(input)) {
                lane.add(new Place(partition, offset));
            } else if (log.isVisible(offset)) {
                Origin origin =
                        Origin.read(SimConsumer.record(new TopicPartition(judged, partition), offset, log.at(offset)));
                lane.add(new Place(origin.partition(), origin.offset()));
            }
        }
        return lane;
    }

    /** When each record of the input is judged; each of them is, and once. */
    private Map<Place, Turn> turns(List<List<Place>> lanes) {
        Map<Place, Turn> turns = new HashMap<>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            for (Place place : lanes.get(lane)) {
                assertThat(turns.put(place, new Turn(lane, turns.size())))
                        .as("the turn of " + place + " a second time")
                        .isNull();
            }
        }
        long records = IntStream.range(0, kafka.partitions(input))
                .mapToLong(partition ->
                        kafka.log(new TopicPartition(input, partition)).endOffset())
                .sum();
        assertThat(turns).as("turns of the input's records").hasSize((int) records);
        return turns;
    }

    /** An empty offset commit fences nobody: whoever writes a partition's journal must commit its offset with it. */
    private void everyTransactionFencesWhatItWrites() {
        for (SimTransaction transaction : kafka.transactions()) {
            if (transaction.isCommitted()) {
                for (TopicPartition touched : transaction.touched.keySet()) {
                    if (touched.topic().endsWith("-state")) {
                        assertThat(transaction.offsets)
                                .as("offsets of a transaction that writes " + touched)
                                .containsKey(new TopicPartition(judged, touched.partition()));
                    }
                }
            }
        }
    }

    private void collectProcessed(TopicPartition partition, Map<Place, Turn> turns) {
        SimLog log = kafka.log(partition);
        Map<String, Long> lastTurn = new HashMap<>();
        for (long offset = since.getOrDefault(partition, 0L); offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                SimLog.Entry entry = log.at(offset);
                Matcher source = SOURCE.matcher(new String(entry.value(), UTF_8));
                assertThat(source.find()).isTrue();
                Place place = new Place(Integer.parseInt(source.group(1)), Long.parseLong(source.group(2)));
                collect(place, entry.value());
                assertThat(turns).containsKey(place);
                Turn turn = turns.get(place);
                Long before = lastTurn.put(new String(entry.key(), UTF_8) + "/" + turn.lane(), turn.number());
                assertThat(before == null || before < turn.number())
                        .as("order of a user's logins in " + partition)
                        .isTrue();
            }
        }
    }

    private void collectDeadLetters(TopicPartition partition) {
        SimLog log = kafka.log(partition);
        for (long offset = since.getOrDefault(partition, 0L); offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                Headers headers = log.at(offset).headers();
                collect(
                        new Place(
                                Integer.parseInt(header(headers, "gatehouse.source.partition")),
                                Long.parseLong(header(headers, "gatehouse.source.offset"))),
                        header(headers, "gatehouse.reason").getBytes(UTF_8));
            }
        }
    }

    /** The last value of each key, as a reader of the topic knows it. */
    private Map<String, byte[]> lastStatistics(String topic) {
        Map<String, byte[]> lastStatistics = new HashMap<>();
        for (int partition = 0; partition < kafka.partitions(topic); partition++) {
            SimLog log = kafka.log(new TopicPartition(topic, partition));
            for (long offset = 0; offset < log.endOffset(); offset++) {
                if (log.isVisible(offset)) {
                    SimLog.Entry entry = log.at(offset);
                    lastStatistics.put(new String(entry.key(), UTF_8), entry.value());
                }
            }
        }
        return lastStatistics;
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    private void collect(Place source, byte[] verdict) {
        assertThat(verdicts.put(source, verdict))
                .as("a second verdict on " + source)
                .isNull();
    }

    private void compare(int lane, List<Place> places, Map<String, byte[]> lastStatistics) {
        ReferenceJudge reference = new ReferenceJudge(address -> null, settings());
        for (Place place : places) {
            Verdict expected = judge(reference, place);
            byte[] verdict = verdicts.remove(place);
            assertThat(verdict).as("the verdict on " + place).isNotNull();
            String actual = new String(verdict, UTF_8);
            assertThat(actual).as("the verdict on " + place).isEqualTo(told(expected, actual));
        }
        if (!remembers) {
            return;
        }
        reference.statistics(lane).forEach((key, expected) -> {
            byte[] actual = lastStatistics.remove(key);
            assertThat(actual).as("statistics " + key).isNotNull();
            assertThat(Checker.differencesInStatistics(expected, actual))
                    .as("statistics " + key)
                    .isEmpty();
        });
    }

    private Verdict judge(ReferenceJudge reference, Place place) {
        SimLog.Entry entry =
                kafka.log(new TopicPartition(input, place.partition())).at(place.offset());
        return reference.judge(entry.value(), entry.timestampMs(), input, place.partition(), place.offset());
    }

    private Settings settings() {
        Settings usual = Settings.DEFAULTS;
        return new Settings(
                usual.maxEventBytes(),
                usual.sessionGapMs(),
                usual.retentionMs(),
                usual.sessionsLatenessMs(),
                usual.statsWindowMs(),
                remembers);
    }

    private static String told(Verdict expected, String actual) {
        if (expected instanceof Verdict.Accepted accepted) {
            Matcher processedAt = PROCESSED_AT.matcher(actual);
            long atMs = processedAt.find() ? Instant.parse(processedAt.group(1)).toEpochMilli() : 0;
            return new String(accepted.output(atMs), UTF_8);
        }
        return ((Verdict.Refused) expected).reason();
    }
}

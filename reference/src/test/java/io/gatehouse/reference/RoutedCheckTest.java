package io.gatehouse.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Header;
import io.gatehouse.reference.Checker.Record;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker where the input was re-keyed on the way: users lie anywhere in the input, and are judged in their lanes. */
class RoutedCheckTest {
    private static final long SEED = 20_260_102;
    private static final int PARTITIONS = 3;
    private static final int LANES = 2;
    private static final int USERS = 20;
    private static final int RECORDS = 600;
    private static final long NOW = 1_767_225_600_000L;
    private static final Places NOWHERE = address -> null;

    private final Random random = new Random(SEED);
    private final List<Record> inputs = new ArrayList<>();
    private final List<Record> routed = new ArrayList<>();
    private final List<Record> processed = new ArrayList<>();
    private final List<Record> deadLetters = new ArrayList<>();

    @BeforeEach
    void everyRecordIsRoutedAndJudged() {
        for (int i = 0; i < RECORDS; i++) {
            inputs.add(input(i));
        }
        // Routers of different partitions do not wait for each other: only the order within a partition stays.
        List<List<Record>> left = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int number = partition;
            left.add(new ArrayList<>(
                    inputs.stream().filter(input -> input.partition() == number).toList()));
        }
        while (left.removeIf(List::isEmpty) || !left.isEmpty()) {
            if (!left.isEmpty()) {
                route(left.get(random.nextInt(left.size())).remove(0));
            }
        }
        judge();
    }

    private void route(Record input) {
        boolean login = !text(input.value()).endsWith(",");
        int lane = login ? Math.floorMod(text(input.value()).substring(0, 24).hashCode(), LANES) : 0;
        routed.add(new Record(
                "by-user",
                lane,
                routed.size(),
                NOW,
                null,
                login ? input.value() : null,
                List.of(new Header("gatehouse.route.origin", origin(input)))));
    }

    private void judge() {
        for (int lane = 0; lane < LANES; lane++) {
            ReferenceJudge judge = new ReferenceJudge(NOWHERE, Settings.DEFAULTS);
            for (Record record : routed) {
                if (record.partition() == lane) {
                    judge(judge, inputOf(record));
                }
            }
        }
    }

    private void judge(ReferenceJudge judge, Record input) {
        Verdict verdict =
                judge.judge(input.value(), input.timestampMs(), input.topic(), input.partition(), input.offset());
        if (verdict instanceof Verdict.Accepted accepted) {
            processed.add(new Record(
                    "processed",
                    0,
                    processed.size(),
                    NOW,
                    utf8(accepted.userId()),
                    accepted.output(NOW),
                    input.headers()));
        } else {
            deadLetters.add(deadLetter(input, (Verdict.Refused) verdict));
        }
    }

    @Test
    void aRightHistoryIsContentInWhateverOrderTheInputIsRead() {
        assertThat(deadLetters).isNotEmpty();
        CheckReport report = check();
        assertThat(report.isContent()).as(report.toString()).isTrue();
        assertThat(report.agreed()).isEqualTo(RECORDS);

        inputs.sort((a, b) -> Integer.compare(b.partition(), a.partition()));
        assertThat(check().isContent()).isTrue();
    }

    @Test
    void usersAreJudgedInTheOrderOfTheirLaneAndNotOfTheInput() {
        int second = 1;
        while (!isOfTheSameUserFromElsewhere(second)) {
            second++;
        }
        Collections.swap(routed, second - 1, second);
        assertThat(check().counts()).containsKey(Kind.ORDER);
    }

    /** Whether two neighbours in a lane are logins of one user, from two partitions of the input. */
    private boolean isOfTheSameUserFromElsewhere(int second) {
        Record one = routed.get(second - 1);
        Record other = routed.get(second);
        return one.value() != null
                && other.value() != null
                && inputOf(one).partition() != inputOf(other).partition()
                && text(one.value()).substring(0, 24).equals(text(other.value()).substring(0, 24));
    }

    @Test
    void aRecordThatWasRoutedNowhereIsMissing() {
        routed.remove(200);
        assertThat(check().counts()).containsKey(Kind.MISSING);
    }

    @Test
    void aRecordThatWasRoutedTwiceIsRepeated() {
        routed.add(201, routed.get(200));
        assertThat(check().counts()).containsEntry(Kind.REPEATED, 1L);
    }

    @Test
    void aRoutedRecordOfNoInputIsFound() {
        Record last = inputs.get(RECORDS - 1);
        Record unknown = new Record(
                last.topic(), last.partition(), last.offset() + 1, NOW, last.key(), last.value(), last.headers());
        route(unknown);
        assertThat(check().counts()).containsOnlyKeys(Kind.UNKNOWN_SOURCE);
    }

    @Test
    void aRoutedRecordThatDoesNotSayWhereItCameFromIsFound() {
        Record record = routed.get(7);
        routed.set(7, new Record("by-user", record.partition(), 7, NOW, record.key(), record.value(), List.of()));
        assertThat(check().counts()).containsEntry(Kind.UNREADABLE, 1L).containsKey(Kind.MISSING);
    }

    @Test
    void aLostResultIsMissingAndARepeatedOneRepeated() {
        processed.add(101, processed.get(100));
        processed.remove(50);
        assertThat(check().counts()).containsEntry(Kind.MISSING, 1L).containsEntry(Kind.REPEATED, 1L);
    }

    @Test
    void aUserWhoIsJudgedInTwoPlacesHasNoOrder() {
        Record strayed = routed.get(300);
        routed.set(
                300,
                new Record("by-user", 1 - strayed.partition(), 300, NOW, null, strayed.value(), strayed.headers()));
        assertThat(strayed.value()).isNotNull();
        assertThat(check().counts()).containsKey(Kind.ORDER);
    }

    @Test
    void aByUserRecordIsRefusedWhereNoneIsExpected() {
        Checker checker = new Checker(NOWHERE, Settings.DEFAULTS, 10);
        assertThatThrownBy(() -> checker.routed(routed.get(0))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsHeldIsOnlyWhatWaitsForSomethingElse() {
        Checker checker = checker();
        inputs.forEach(checker::input);
        assertThat(checker.inputsHeld()).isEqualTo(RECORDS);
        routed.forEach(checker::routed);
        assertThat(checker.routesHeld()).isZero();
        processed.forEach(checker::processed);
        deadLetters.forEach(checker::deadLetter);
        assertThat(checker.inputsHeld()).isZero();

        Checker backwards = checker();
        processed.forEach(backwards::processed);
        assertThat(backwards.outputsHeld()).isEqualTo(processed.size());
        routed.forEach(backwards::routed);
        assertThat(backwards.routesHeld()).isEqualTo(RECORDS);
        inputs.forEach(backwards::input);
        assertThat(backwards.routesHeld()).isZero();
        assertThat(backwards.outputsHeld()).isZero();
    }

    @Test
    void untilTheEndNothingIsMissing() {
        Checker checker = checker();
        inputs.forEach(checker::input);
        assertThat(checker.soFar().isContent()).isTrue();
        assertThat(checker.report().counts()).containsExactly(Map.entry(Kind.MISSING, (long) RECORDS));
        processed.add(processed.get(0));
        processed.forEach(checker::processed);
        assertThat(checker.soFar().counts()).containsExactly(Map.entry(Kind.REPEATED, 1L));
    }

    /** All topics side by side, in whatever interleaving. */
    private CheckReport check() {
        Checker checker = checker();
        List<Iterator<Runnable>> topics = new ArrayList<>(List.of(
                routed.stream()
                        .<Runnable>map(record -> () -> checker.routed(record))
                        .iterator(),
                deadLetters.stream()
                        .<Runnable>map(record -> () -> checker.deadLetter(record))
                        .iterator(),
                inputs.stream()
                        .<Runnable>map(record -> () -> checker.input(record))
                        .iterator(),
                processed.stream()
                        .<Runnable>map(record -> () -> checker.processed(record))
                        .iterator()));
        while (!topics.isEmpty()) {
            Iterator<Runnable> topic = topics.get(random.nextInt(topics.size()));
            if (topic.hasNext()) {
                topic.next().run();
            } else {
                topics.remove(topic);
            }
        }
        return checker.report();
    }

    private static Checker checker() {
        Checker checker = new Checker(NOWHERE, Settings.DEFAULTS, 10);
        checker.expectRouted();
        return checker;
    }

    private Record input(int index) {
        String user = String.format("user-%02d", random.nextInt(USERS));
        String value = "{\"user_id\":\"" + user + "\",\"timestamp\":" + (1_700_000_000L + index * 40L)
                + ",\"device_id\":\"d" + random.nextInt(3) + "\"}";
        return new Record(
                "logins",
                random.nextInt(PARTITIONS),
                index,
                NOW,
                utf8("key"),
                utf8(random.nextInt(15) == 0 ? value + "," : value),
                List.of());
    }

    private Record inputOf(Record record) {
        ByteBuffer origin = ByteBuffer.wrap(record.headers().get(0).value()).order(ByteOrder.LITTLE_ENDIAN);
        return inputs.get((int) origin.getLong(5));
    }

    private static byte[] origin(Record input) {
        byte[] topic = utf8(input.topic());
        return ByteBuffer.allocate(21 + topic.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .putInt(input.partition())
                .putLong(input.offset())
                .putLong(input.timestampMs())
                .put(topic)
                .array();
    }

    private static Record deadLetter(Record input, Verdict.Refused refused) {
        List<Header> headers = new ArrayList<>(List.of(
                new Header("gatehouse.reason", utf8(refused.reason())),
                new Header("gatehouse.source.topic", utf8(input.topic())),
                new Header("gatehouse.source.partition", utf8(Integer.toString(input.partition()))),
                new Header("gatehouse.source.offset", utf8(Long.toString(input.offset()))),
                new Header("gatehouse.source.timestamp", utf8(Long.toString(input.timestampMs()))),
                new Header("gatehouse.failed_at", utf8("2026-01-01T00:00:00.000Z")),
                new Header("gatehouse.version", utf8("1.0")),
                new Header("gatehouse.attempt", utf8("1"))));
        if (refused.field() != null) {
            headers.add(new Header("gatehouse.field", utf8(refused.field())));
        }
        return new Record("dead", input.partition(), input.offset(), NOW, input.key(), input.value(), headers);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

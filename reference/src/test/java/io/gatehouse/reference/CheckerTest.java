package io.gatehouse.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Header;
import io.gatehouse.reference.Checker.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckerTest {
    private static final long SEED = 20_260_101;
    private static final int PARTITIONS = 2;
    private static final int RECORDS_PER_PARTITION = 300;
    private static final long NOW = 1_767_225_600_000L;
    private static final Places NOWHERE = address -> null;

    /** A whole history: what went in, and what rightly came of it. Tests spoil it. */
    private final List<Record> inputs = new ArrayList<>();

    private final List<Record> processed = new ArrayList<>();
    private final List<Record> deadLetters = new ArrayList<>();

    CheckerTest() {
        Random random = new Random(SEED);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ReferenceJudge judge = new ReferenceJudge(NOWHERE, Settings.DEFAULTS);
            // Offsets are not dense: transaction markers take some.
            for (long offset = 5; offset < RECORDS_PER_PARTITION * 2L; offset += 2) {
                Record input = input(random, partition, offset);
                inputs.add(input);
                Verdict verdict = judge.judge(input.value(), input.timestampMs(), input.topic(), partition, offset);
                if (verdict instanceof Verdict.Accepted accepted) {
                    processed.add(new Record(
                            "processed",
                            partition,
                            processed.size(),
                            NOW + offset,
                            utf8(accepted.userId()),
                            accepted.output(NOW + offset),
                            List.of(new Header("trace", utf8("t" + offset)), new Header("empty", null))));
                } else {
                    deadLetters.add(deadLetter(input, (Verdict.Refused) verdict));
                }
            }
        }
    }

    enum Reading {
        INPUT_FIRST,
        OUTPUT_FIRST,
        SIDE_BY_SIDE
    }

    @ParameterizedTest
    @EnumSource
    void aRightHistoryIsContentInWhateverOrderItsTopicsAreRead(Reading reading) {
        CheckReport report = check(reading);

        assertThat(report.isContent()).as(report.toString()).isTrue();
        assertThat(report.inputs()).isEqualTo(inputs.size());
        assertThat(report.agreed()).isEqualTo(inputs.size());
        assertThat(report.processed() + report.deadLetters()).isEqualTo(inputs.size());
        assertThat(report.deadLetters()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aLostProcessedEventIsMissing(Reading reading) {
        processed.remove(100);
        assertFound(reading, Kind.MISSING, 1);
    }

    @ParameterizedTest
    @EnumSource
    void aLostDeadLetterIsMissing(Reading reading) {
        deadLetters.remove(10);
        assertFound(reading, Kind.MISSING, 1);
    }

    @ParameterizedTest
    @EnumSource
    void aProcessedEventWrittenTwiceIsRepeated(Reading reading) {
        processed.add(101, processed.get(100));
        assertFound(reading, Kind.REPEATED, 1);
    }

    @Test
    void aDeadLetterWrittenTwiceIsRepeated() {
        deadLetters.add(deadLetters.get(3));
        assertFound(Reading.INPUT_FIRST, Kind.REPEATED, 1);
    }

    @Test
    void anInputInBothTopicsIsRepeated() {
        Record login = processed.get(50);
        Record origin = originOf(login);
        deadLetters.add(deadLetter(origin, new Verdict.Refused("wrong_type", "ip")));
        assertFound(Reading.INPUT_FIRST, Kind.REPEATED, 1);
    }

    @ParameterizedTest
    @EnumSource
    void twoEventsOfAUserInTheWrongOrderAreFound(Reading reading) {
        int first = 20;
        int second = first + 1;
        while (!text(processed.get(second).key())
                .equals(text(processed.get(first).key()))) {
            second++;
        }
        Record later = processed.get(second);
        processed.set(second, processed.get(first));
        processed.set(first, later);
        assertThat(check(reading).counts()).containsOnlyKeys(Kind.ORDER);
    }

    @Test
    void eventsOfDifferentUsersMayChangePlaces() {
        int first = 20;
        while (text(processed.get(first).key())
                .equals(text(processed.get(first + 1).key()))) {
            first++;
        }
        Record later = processed.get(first + 1);
        processed.set(first + 1, processed.get(first));
        processed.set(first, later);
        assertThat(check(Reading.INPUT_FIRST).isContent()).isTrue();
    }

    @Test
    void aUserInTwoPartitionsHasNoOrder() {
        Record login = processed.get(40);
        processed.set(40, new Record("processed", 7, 0, NOW, login.key(), login.value(), login.headers()));
        assertThat(check(Reading.INPUT_FIRST).counts()).containsOnlyKeys(Kind.ORDER);
    }

    @ParameterizedTest
    @EnumSource
    void anAlteredByteOfTheEventIsFound(Reading reading) {
        alterValue(30, "\"kept\":1e400", "\"kept\":1e401");
        assertFound(reading, Kind.VALUE, 1);
    }

    @Test
    void anAlteredSessionIsFound() {
        alterValue(30, "\"session\":{\"id\":\"", "\"session\":{\"id\":\"0");
        assertFound(Reading.INPUT_FIRST, Kind.VALUE, 1);
    }

    @Test
    void aDelayThatDoesNotFitTheProcessedTimeIsFound() {
        alterValue(30, "\"processing_delay_ms\":", "\"processing_delay_ms\":1");
        assertFound(Reading.INPUT_FIRST, Kind.VALUE, 1);
    }

    @Test
    void aProcessedTimeOfAnotherShapeIsFound() {
        alterValue(30, "Z\",\"processing_delay_ms\"", "+00:00\",\"processing_delay_ms\"");
        assertFound(Reading.INPUT_FIRST, Kind.VALUE, 1);
    }

    @Test
    void memoryLostOnTheWayIsFound() {
        ReferenceJudge forgetful = new ReferenceJudge(NOWHERE, Settings.DEFAULTS);
        for (int i = 0; i < processed.size(); i++) {
            Record login = processed.get(i);
            if (login.partition() == 0 && i >= 100) {
                Record origin = originOf(login);
                Verdict.Accepted accepted = (Verdict.Accepted) forgetful.judge(
                        origin.value(), origin.timestampMs(), origin.topic(), origin.partition(), origin.offset());
                processed.set(i, withValue(login, accepted.output(NOW + origin.offset())));
            }
        }
        assertThat(check(Reading.SIDE_BY_SIDE).counts()).containsOnlyKeys(Kind.VALUE);
    }

    @Test
    void aWrongKeyIsFound() {
        Record login = processed.get(60);
        processed.set(60, new Record("processed", 0, 0, NOW, utf8("someone"), login.value(), login.headers()));
        assertFound(Reading.INPUT_FIRST, Kind.KEY, 1);
    }

    @Test
    void aHeaderNotCarriedIsFound() {
        processed.set(60, withHeaders(processed.get(60), List.of()));
        assertFound(Reading.INPUT_FIRST, Kind.HEADERS, 1);
    }

    @Test
    void aHeaderOfGatehouseThatIsCarriedIsFound() {
        List<Header> headers = new ArrayList<>(processed.get(60).headers());
        headers.add(new Header("gatehouse.attempt", utf8("1")));
        processed.set(60, withHeaders(processed.get(60), headers));
        assertFound(Reading.INPUT_FIRST, Kind.HEADERS, 1);
    }

    @Test
    void anAlteredDeadLetterIsFound() {
        Record letter = deadLetters.get(5);
        deadLetters.set(5, withValue(letter, Checker.join(letter.value(), utf8(" "))));
        assertFound(Reading.INPUT_FIRST, Kind.VALUE, 1);
    }

    @Test
    void aDeadLetterOfAnotherKeyIsFound() {
        Record letter = deadLetters.get(5);
        deadLetters.set(5, new Record("dlq", 0, 0, NOW, null, letter.value(), letter.headers()));
        assertFound(Reading.INPUT_FIRST, Kind.KEY, 1);
    }

    @Test
    void aWrongReasonIsFound() {
        alterHeader(5, "gatehouse.reason", "invalid_ip");
        assertFound(Reading.INPUT_FIRST, Kind.HEADERS, 1);
    }

    @Test
    void anAttemptNotCountedUpIsFound() {
        alterHeader(5, "gatehouse.attempt", "1");
        assertFound(Reading.INPUT_FIRST, Kind.HEADERS, 1);
    }

    @Test
    void aTimeOfFailureThatIsNoneIsFound() {
        alterHeader(5, "gatehouse.failed_at", "yesterday");
        assertFound(Reading.INPUT_FIRST, Kind.HEADERS, 1);
    }

    @Test
    void anAlteredHeaderOfTheOriginalIsFound() {
        alterHeader(5, "trace", "other");
        assertFound(Reading.INPUT_FIRST, Kind.HEADERS, 1);
    }

    @Test
    void aHeaderOfGatehouseThatIsThereTwiceIsFound() {
        List<Header> headers = new ArrayList<>(deadLetters.get(5).headers());
        headers.add(0, new Header("gatehouse.attempt", utf8("1")));
        deadLetters.set(5, withHeaders(deadLetters.get(5), headers));
        assertFound(Reading.INPUT_FIRST, Kind.HEADERS, 1);
    }

    @Test
    void aGoodLoginAmongTheDeadLettersIsFound() {
        Record origin = originOf(processed.remove(70));
        deadLetters.add(deadLetter(origin, new Verdict.Refused("wrong_type", "ip")));
        assertFound(Reading.INPUT_FIRST, Kind.WRONG_TOPIC, 1);
    }

    @Test
    void anEventOfNoInputIsFound() {
        inputs.remove(inputs.size() - 1);
        assertFound(Reading.INPUT_FIRST, Kind.UNKNOWN_SOURCE, 1);
    }

    @Test
    void aProcessedEventWithoutItsSourceIsFoundAndItsInputIsMissing() {
        processed.set(80, withValue(processed.get(80), utf8("{")));
        deadLetters.set(8, withHeaders(deadLetters.get(8), List.of()));
        assertThat(check(Reading.INPUT_FIRST).counts()).isEqualTo(Map.of(Kind.UNREADABLE, 2L, Kind.MISSING, 2L));
    }

    @Test
    void allDifferencesAreCountedAndTheFirstAreTold() {
        processed.clear();
        CheckReport report = check(Reading.INPUT_FIRST);
        assertThat(report.counts().get(Kind.MISSING)).isEqualTo(inputs.size() - deadLetters.size());
        assertThat(report.differences()).hasSize(10).first().asString().contains("MISSING logins-0@");
    }

    @Test
    void inputOutOfOrderIsRefused() {
        Checker checker = new Checker(NOWHERE, Settings.DEFAULTS, 10);
        checker.input(inputs.get(1));
        assertThatThrownBy(() -> checker.input(inputs.get(0))).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertFound(Reading reading, Kind kind, long count) {
        CheckReport report = check(reading);
        assertThat(report.counts()).as(report.toString()).containsEntry(kind, count);
        assertThat(report.isContent()).isFalse();
        assertThat(report.differences()).anyMatch(difference -> difference.startsWith(kind.name()));
    }

    private CheckReport check(Reading reading) {
        Checker checker = new Checker(NOWHERE, Settings.DEFAULTS, 10);
        switch (reading) {
            case INPUT_FIRST -> {
                inputs.forEach(checker::input);
                processed.forEach(checker::processed);
                deadLetters.forEach(checker::deadLetter);
            }
            case OUTPUT_FIRST -> {
                deadLetters.forEach(checker::deadLetter);
                processed.forEach(checker::processed);
                inputs.forEach(checker::input);
            }
            case SIDE_BY_SIDE -> {
                for (int i = 0; i < inputs.size() || i < processed.size(); i++) {
                    if (i < processed.size()) {
                        checker.processed(processed.get(i));
                    }
                    if (i < inputs.size()) {
                        checker.input(inputs.get(i));
                    }
                    if (i < deadLetters.size()) {
                        checker.deadLetter(deadLetters.get(i));
                    }
                }
            }
        }
        return checker.report();
    }

    private Record originOf(Record login) {
        long offset = login.timestampMs() - NOW;
        return inputs.stream()
                .filter(input -> input.partition() == login.partition() && input.offset() == offset)
                .findFirst()
                .orElseThrow();
    }

    private void alterValue(int index, String from, String to) {
        String before = text(processed.get(index).value());
        assertThat(before).contains(from);
        processed.set(index, withValue(processed.get(index), utf8(before.replace(from, to))));
    }

    private void alterHeader(int index, String name, String value) {
        List<Header> headers = deadLetters.get(index).headers().stream()
                .map(header -> header.name().equals(name) ? new Header(name, utf8(value)) : header)
                .toList();
        deadLetters.set(index, withHeaders(deadLetters.get(index), headers));
    }

    private static Record input(Random random, int partition, long offset) {
        String user = "user-" + partition + "-" + random.nextInt(20);
        String value = "{\"user_id\":\"" + user + "\",\"timestamp\":" + (1_700_000_000 + offset * 40)
                + ",\"device_id\":\"d" + random.nextInt(3) + "\",\"kept\":1e400}";
        if (random.nextInt(10) == 0) {
            value = random.nextBoolean() ? value + "," : value.replace("_id\":\"d", "_id\":1,\"x\":\"");
        }
        List<Header> headers = List.of(
                new Header("trace", utf8("t" + offset)),
                new Header("gatehouse.attempt", utf8("4")),
                new Header("empty", null));
        return new Record("logins", partition, offset, NOW, utf8(user), utf8(value), headers);
    }

    private static Record deadLetter(Record input, Verdict.Refused refused) {
        List<Header> headers = new ArrayList<>();
        headers.add(input.headers().get(0));
        headers.add(input.headers().get(2));
        headers.add(new Header("gatehouse.reason", utf8(refused.reason())));
        if (refused.field() != null) {
            headers.add(new Header("gatehouse.field", utf8(refused.field())));
        }
        headers.add(new Header("gatehouse.source.topic", utf8("logins")));
        headers.add(new Header("gatehouse.source.partition", utf8("" + input.partition())));
        headers.add(new Header("gatehouse.source.offset", utf8("" + input.offset())));
        headers.add(new Header("gatehouse.source.timestamp", utf8("" + input.timestampMs())));
        headers.add(new Header("gatehouse.failed_at", utf8("2026-01-01T00:00:00.000Z")));
        headers.add(new Header("gatehouse.version", utf8("0.1.0")));
        headers.add(new Header("gatehouse.attempt", utf8("5")));
        return new Record("dlq", 0, input.offset(), NOW, input.key(), input.value(), headers);
    }

    private static Record withValue(Record record, byte[] value) {
        return new Record(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestampMs(),
                record.key(),
                value,
                record.headers());
    }

    private static Record withHeaders(Record record, List<Header> headers) {
        return new Record(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestampMs(),
                record.key(),
                record.value(),
                headers);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events are ordinary. What the scanner reads from them is compared in {@link DifferentialTest}. */
class FastScannerTest {
    private static final KnownNames NAMES = new KnownNames(FieldNames.DEFAULTS);

    private final FastScanner scanner = new FastScanner(NAMES);
    private final Members members = new Members();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"plain\"",
                "\"Zürich 😀\"",
                "\"a\\/b \\\\ \\\" \\b\\f\\n\\r\\t\"",
                "\"\u007F\"",
                "0",
                "-0",
                "-12.50e+7",
                "1E400",
                "12345678901234567890",
                "true",
                "false",
                "null"
            })
    void flatValuesOfOtherFieldsAreOrdinary(String json) {
        assertThat(scan(Event.usual().with("extra", json))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "\"\\u0041\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "01", "1.", "nul", "tru", "\"\t\""})
    void otherValuesOfOtherFieldsAreNot(String json) {
        assertThat(scan(Event.usual().with("extra", json))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\/b\"", "\"\\n\"", "\"\\u0041\"", "[]", "{}"})
    void escapesAndStructureInFieldsThatAreReadAreNotOrdinary(String json) {
        assertThat(scan(Event.usual().with("locale", json))).isFalse();
    }

    @Test
    void textBeyondAsciiIsOrdinaryInFieldsThatAreRead() {
        assertThat(scan(Event.usual().with("user_id", "\"Zoë\"").with("locale", "\"Île-de-France\"")))
                .isTrue();
        assertThat(members.of(Field.USER_ID).lengthBytes()).isEqualTo(4);
    }

    @Test
    void whiteSpaceAndTheLackOfItAreOrdinary() {
        assertThat(scan(Event.usual().json().replace(" ", ""))).isTrue();
        assertThat(scan(Event.usual().json().replace(" ", " \t\r\n ") + " \n")).isTrue();
        assertThat(scan(Event.usual().json().replace(" ", "\u000B"))).isFalse();
    }

    @Test
    void sixteenOtherNamesAreOrdinaryAndOneMoreIsNot() {
        Event event = Event.usual();
        IntStream.range(0, FastScanner.MAX_UNKNOWN_NAMES).forEach(i -> event.with("extra" + i, "1"));
        assertThat(scan(event)).isTrue();
        assertThat(scan(event.with("one more", "1"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void aFieldIsKnownByItsExactName(Field field) {
        String name = field.label();
        assertThat(isFound(field, name)).isTrue();
        assertThat(isFound(field, name + "_")).isFalse();
        assertThat(isFound(field, name.substring(1))).isFalse();
        for (int i = 0; i < name.length(); i++) {
            assertThat(isFound(field, name.substring(0, i) + "?" + name.substring(i + 1)))
                    .isFalse();
        }
    }

    private boolean isFound(Field field, String name) {
        assertThat(scan(Event.empty().with(name, "\"long enough\""))).isTrue();
        return members.of(field).kind() == Kind.STRING;
    }

    @Test
    void eachStringEndsWhereItEndsAtAnyLengthAndPlace() {
        for (int length = 0; length < 40; length++) {
            for (int shift = 0; shift < 9; shift++) {
                String locale = "x".repeat(length);
                assertThat(scan(" ".repeat(shift) + "{\"locale\":\"" + locale + "\"}"))
                        .isTrue();
                assertThat(members.of(Field.LOCALE).lengthBytes()).isEqualTo(length);
            }
        }
    }

    @Test
    void membersAreTheSameWhateverEventsCameBefore() {
        String event = Event.usual().json();
        String other = Event.empty()
                .with("ip", "\"1.2.3.4\"")
                .with("user_id", "\"u\"")
                .with("extra", "1")
                .with("locale", "null")
                .json();
        for (String before : new String[] {event, other, event.replace(" ", ""), event.replace("\": ", "\"  : ")}) {
            assertThat(scan(before)).isTrue();
            assertThat(scan(event)).isTrue();
            assertThat(found(event, Field.USER_ID)).isEqualTo("b22a51d5-0f2f-42e3-8505-f2f8d2b01060");
            assertThat(found(event, Field.IP)).isEqualTo("25.67.253.124");
            assertThat(found(event, Field.DEVICE_TYPE)).isEqualTo("iOS");
            assertThat(scan(other)).isTrue();
            assertThat(found(other, Field.USER_ID)).isEqualTo("u");
            assertThat(found(other, Field.IP)).isEqualTo("1.2.3.4");
            assertThat(members.of(Field.LOCALE).kind()).isEqualTo(Kind.NULL);
            assertThat(members.of(Field.DEVICE_TYPE).isAbsent()).isTrue();
        }
    }

    /** What is remembered of an event must not let anything pass that would not pass without. */
    @Test
    void noByteIsReadOtherwiseForTheEventThatCameBefore() {
        for (String json : new String[] {
            Event.usual().json(),
            Event.usual().with("device_type", "17").json() + " ",
            Event.usual().without("device_id").with("extra", "\"1\"").json().replace(" ", ""),
            "{\"ip\":\"::\",\"timestamp\":0}"
        }) {
            byte[] before = json.getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < before.length; at++) {
                for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
                    byte[] event = before.clone();
                    event[at] = (byte) b;
                    assertThat(read(scanner, before)).isNotEmpty();
                    assertThat(read(scanner, event))
                            .as(new String(event, StandardCharsets.ISO_8859_1))
                            .isEqualTo(read(new FastScanner(NAMES), event));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 90})
    void eventsOfMoreProgramsThanAreRememberedAreOrdinary(int programs) {
        for (int i = 0; i < 3 * programs; i++) {
            String event = Event.usual().with("extra" + i % programs, "1").json();
            assertThat(scan(event)).isTrue();
            assertThat(found(event, Field.DEVICE_TYPE)).isEqualTo("iOS");
        }
    }

    @Test
    void namesOfAnyLengthAreOrdinaryWhateverFollowsThem() {
        for (int length = 1; length < 40; length++) {
            String name = "n".repeat(length);
            for (String json : new String[] {
                "{\"" + name + "\":1,\"ip\":\"::\"}", "{\"ip\":\"::\",\"" + name + "\":1,\"locale\":\"WA\"}"
            }) {
                assertThat(scan(json)).isTrue();
                assertThat(scan(json)).isTrue();
                assertThat(found(json, Field.IP)).isEqualTo("::");
            }
        }
    }

    @Test
    void whatFollowsOneMemberMayFollowAnother() {
        String event = "{\"ip\": \"1.2.3.4\", \"locale\": \"WA\", \"user_id\": \"u\"}";
        assertThat(scan(event)).isTrue();
        assertThat(scan("{\"locale\": \"WA\", \"user_id\": \"u\", \"ip\": \"1.2.3.4\"}"))
                .isTrue();
        assertThat(scan("{\"locale\": \"WA\",\"user_id\":  \"u\" , \"ip\": \"1.2.3.4\"}"))
                .isTrue();
        assertThat(scan(event)).isTrue();
        assertThat(found(event, Field.LOCALE)).isEqualTo("WA");
        assertThat(scan(event.substring(1))).isFalse();
        assertThat(scan(event.replace("{", ", "))).isFalse();
        assertThat(scan(event.replace(", ", "{"))).isFalse();
    }

    @Test
    void aNameThatComesTwiceIsNotOrdinary() {
        Event event = Event.usual().with("extra", "1");
        assertThat(scan(event)).isTrue();
        assertThat(scan(event.json().replace("}", ", \"extra\": 1}"))).isFalse();
        assertThat(scan(event.json().replace("\"locale\"", "\"extra\""))).isFalse();
        assertThat(scan(event)).isTrue();
    }

    @Test
    void whatStandsAroundAnEventIsNotRead() {
        EventMutator events = new EventMutator(1, FieldNames.DEFAULTS);
        FastScanner plain = new FastScanner(NAMES);
        StrictDecoder strict = new StrictDecoder(NAMES);
        String around = "{\"ip\":\"1.2.3.4\",}\"0123456789 é";
        for (int i = 0; i < 50_000; i++) {
            byte[] event = events.next();
            byte[] before = around.substring(i % around.length()).getBytes(StandardCharsets.UTF_8);
            byte[] after = around.substring(i / 7 % around.length()).getBytes(StandardCharsets.UTF_8);
            byte[] amid = new byte[before.length + event.length + after.length];
            System.arraycopy(before, 0, amid, 0, before.length);
            System.arraycopy(event, 0, amid, before.length, event.length);
            System.arraycopy(after, 0, amid, before.length + event.length, after.length);
            int from = before.length;
            int to = from + event.length;

            Members into = new Members();
            assertThat(found(scanner.scan(amid, from, to, into), into, from)).isEqualTo(read(plain, event));
            assertThat(strict.decode(amid, from, to, into)).isEqualTo(strict.decode(event, 0, event.length, members));
            assertThat(into.end() - into.open()).isEqualTo(members.end() - members.open());
        }
    }

    /** All that a scan finds; empty when the event is declined. */
    private static String read(FastScanner scanner, byte[] event) {
        Members into = new Members();
        return found(scanner.scan(event, 0, event.length, into), into, 0);
    }

    private static String found(boolean isRead, Members into, int from) {
        if (!isRead) {
            return "";
        }
        StringBuilder found =
                new StringBuilder().append(into.open() - from).append('-').append(into.end() - from);
        for (Field field : Field.values()) {
            Member member = into.of(field);
            int start = member.lengthBytes() == 0 && member.from() == 0 ? 0 : member.from() - from;
            found.append(' ').append(member.kind()).append(start).append('+').append(member.lengthBytes());
        }
        return found.toString();
    }

    @Test
    void aFieldThatComesTwiceIsNotOrdinaryEvenWhereItWasExpected() {
        assertThat(scan("{\"ip\": \"1.2.3.4\", \"locale\": \"WA\", \"user_id\": \"u\"}"))
                .isTrue();
        assertThat(scan("{\"locale\": \"WA\", \"locale\": \"WA\", \"user_id\": \"u\"}"))
                .isFalse();
    }

    private String found(String json, Field field) {
        Member member = members.of(field);
        return json.substring(member.from(), member.to());
    }

    private boolean scan(Event event) {
        return scan(event.json());
    }

    private boolean scan(String json) {
        byte[] event = json.getBytes(StandardCharsets.UTF_8);
        return scanner.scan(event, 0, event.length, members);
    }
}

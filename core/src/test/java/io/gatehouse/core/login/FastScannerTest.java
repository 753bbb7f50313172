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
    private final FastScanner scanner = new FastScanner(new KnownNames(FieldNames.DEFAULTS));
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
        return scanner.scan(json.getBytes(StandardCharsets.UTF_8), members);
    }
}

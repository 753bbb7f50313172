package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reason, for each field that it can befall, by each decoder that can find it. */
class RefusalTest {
    private static final String ABSENT = null;

    private final FastScanner scanner = new FastScanner(new KnownNames(FieldNames.DEFAULTS));
    private final Decoder decoder = new Decoder(64 * 1024, FieldNames.DEFAULTS);
    private final Members members = new Members();
    private final Login login = new Login();

    /** A field's value, as spelled in JSON, and why it is refused. */
    record FieldFault(Reason reason, Field field, String value) {
        Event event() {
            Event event = Event.usual();
            return value == null ? event.without(field.label()) : event.with(field.label(), value);
        }
    }

    static Stream<FieldFault> faultsThatBothDecodersFind() {
        return Stream.of(
                        faults(Reason.MISSING_FIELD, Field.USER_ID, ABSENT, "null"),
                        faults(Reason.MISSING_FIELD, Field.TIMESTAMP, ABSENT, "null"),
                        faults(Reason.WRONG_TYPE, Field.USER_ID, "1", "1.5", "-1e3", "true", "false"),
                        faults(Reason.WRONG_TYPE, Field.TIMESTAMP, "true", "false"),
                        faults(Reason.WRONG_TYPE, Field.IP, "1", "1.5", "-1e3", "true", "false"),
                        faults(Reason.WRONG_TYPE, Field.DEVICE_TYPE, "1", "1.5", "-1e3", "true", "false"),
                        faults(Reason.WRONG_TYPE, Field.APP_VERSION, "1", "1.5", "-1e3", "true", "false"),
                        faults(Reason.WRONG_TYPE, Field.LOCALE, "1", "1.5", "-1e3", "true", "false"),
                        faults(Reason.WRONG_TYPE, Field.DEVICE_ID, "1", "1.5", "-1e3", "true", "false"),
                        faults(
                                Reason.INVALID_USER_ID,
                                Field.USER_ID,
                                "\"\"",
                                text("x", 129),
                                text("é", 129),
                                "\"a\u007Fb\"",
                                "\"\u0080\"",
                                "\"ab\u009F\""),
                        faults(
                                Reason.INVALID_TIMESTAMP,
                                Field.TIMESTAMP,
                                "\"\"",
                                "1720589697.0",
                                "1720589697e0",
                                "1720589697E+0",
                                "-0.0",
                                "\"-5\"",
                                "\"+1720589697\"",
                                "\" 1720589697\"",
                                "\"1720589697 \"",
                                "\"1720589697.0\"",
                                "\"1e9\"",
                                "\"1720589٦97\"",
                                "\"yesterday\"",
                                "\"2023-09-12\"",
                                "\"2023-09-12T00:45:51\""),
                        faults(
                                Reason.TIMESTAMP_OUT_OF_RANGE,
                                Field.TIMESTAMP,
                                "0",
                                "-0",
                                "-5",
                                "-1720589697",
                                "946684799",
                                "946684799999",
                                "\"946684799\"",
                                "100000000000",
                                "99999999999",
                                "1720590001",
                                "1720590000001",
                                "9223372036854775807",
                                "9223372036854775808",
                                "99999999999999999999999999",
                                "-99999999999999999999999999",
                                "\"99999999999999999999999999\"",
                                "\"1999-12-31T23:59:59.999Z\"",
                                "\"0000-01-01T00:00:00Z\"",
                                "\"9999-12-31T23:59:59Z\"",
                                "\"2024-07-10T05:40:00.001Z\""),
                        faults(
                                Reason.INVALID_IP,
                                Field.IP,
                                "\"\"",
                                "\"localhost\"",
                                "\"1.2.3\"",
                                "\"1.2.3.04\"",
                                "\"1.2.3.4 \"",
                                "\"fe80::1%eth0\"",
                                text("1", 300)),
                        faults(Reason.FIELD_TOO_LONG, Field.DEVICE_TYPE, text("x", 257), text("é", 257)),
                        faults(Reason.FIELD_TOO_LONG, Field.APP_VERSION, text("1", 257), text("€", 257)),
                        faults(Reason.FIELD_TOO_LONG, Field.LOCALE, text("x", 257), text("😀", 257)),
                        faults(Reason.FIELD_TOO_LONG, Field.DEVICE_ID, text("x", 257), text("x", 60_000)))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("faultsThatBothDecodersFind")
    void aFaultOfAFieldIsFoundInAnOrdinaryEvent(FieldFault fault) {
        byte[] value = fault.event().bytes();

        assertThat(scanner.scan(value, 0, value.length, members)).isTrue();
        assertThat(outcome(value)).isEqualTo(Outcome.refused(fault.reason(), fault.field()));
    }

    @ParameterizedTest
    @MethodSource("faultsThatBothDecodersFind")
    void aFaultOfAFieldIsFoundInAnEventOutOfTheOrdinary(FieldFault fault) {
        byte[] value = fault.event().outOfTheOrdinary().bytes();

        assertThat(scanner.scan(value, 0, value.length, members)).isFalse();
        assertThat(outcome(value)).isEqualTo(Outcome.refused(fault.reason(), fault.field()));
    }

    static Stream<FieldFault> faultsThatOnlyTheStrictDecoderFinds() {
        Stream<FieldFault> structures = Stream.of(Field.values())
                .flatMap(field -> faults(Reason.WRONG_TYPE, field, "[]", "{}", "[\"a\"]", "{\"a\":{}}").stream());
        Stream<FieldFault> escapes = Stream.of(
                        faults(
                                Reason.INVALID_USER_ID,
                                Field.USER_ID,
                                "\"a\\u0000b\"",
                                "\"\\n\"",
                                "\"\\u001f\"",
                                "\"\\u007f\""),
                        faults(Reason.INVALID_TIMESTAMP, Field.TIMESTAMP, "\"\\n1720589697\"", "\"1720589697\\u0000\""),
                        faults(Reason.TIMESTAMP_OUT_OF_RANGE, Field.TIMESTAMP, "\"\\u0030\""),
                        faults(Reason.INVALID_IP, Field.IP, "\"1.2.3.4\\u0000\"", "\"\\u0661.2.3.4\""),
                        faults(Reason.FIELD_TOO_LONG, Field.LOCALE, text("\\u0041", 257)))
                .flatMap(List::stream);
        return Stream.concat(structures, escapes);
    }

    @ParameterizedTest
    @MethodSource("faultsThatOnlyTheStrictDecoderFinds")
    void aFaultOfAFieldIsFoundBehindEscapesAndStructure(FieldFault fault) {
        byte[] value = fault.event().bytes();

        assertThat(scanner.scan(value, 0, value.length, members)).isFalse();
        assertThat(outcome(value)).isEqualTo(Outcome.refused(fault.reason(), fault.field()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\n",
                "x",
                "{",
                "}",
                "{}}",
                "{}{}",
                "{},",
                "{} 1",
                "{}\u0000",
                "{\u0000}",
                "{}\u00A0",
                "\uFEFF{}",
                "\uFEFF",
                " \uFEFF{}",
                "{}\uFEFF",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{1:1}",
                "{null:1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":-INF}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":00}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":-}",
                "{\"a\":-.5}",
                "{\"a\":1.e5}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":0x1}",
                "{\"a\":1_000}",
                "{\"a\":1L}",
                "{\"a\":1d}",
                "{\"a\":1-1}",
                "{\"a\":1.2.3}",
                "{\"a\":True}",
                "{\"a\":tru}",
                "{\"a\":truee}",
                "{\"a\":nul}",
                "{\"a\":nulll}",
                "{\"a\":undefined}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\u001F\"}",
                "{\"\n\":1}",
                "{\"a\":\"b}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\\n\"}",
                "{\"a\":\"\\",
                "{\"a\":\"\\u12",
                "{\"a\":\"\\u12G4\"}",
                "{\"a\":\"\\u\"}",
                "{\"a\":\"\\U0041\"}",
                "{\"a\":\"\\u004İ\"}",
                "{\"a\":\"\\u００41\"}",
                "{\"\\u004İ\":1}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1}",
                "{\"a\":[}",
                "{\"a\":[1}]",
                "{\"a\":]}",
                "{\"a\":1}/* */",
                "{/**/\"a\":1}",
                "{\"a\":1}//",
                "{\"a\":1}#",
                "#\n{\"a\":1}",
                "[1,]",
                "[",
                "]",
                "[1]]",
                "[NaN]",
                "1 2",
                "1,",
                "\"a",
                "\"a\"\"b\"",
                "nul",
                "truefalse",
                "-",
                "01",
                "1x",
                "\"\\ud800\"",
                "\u001E{}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\ud800\\ud800\"}",
                "{\"a\":\"\\ud800x\"}",
                "{\"a\":\"\\ud800\\n\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"a\":\"\\ud800😀\"}",
                "{\"a\":\"\\ud83d\\\\ude00\"}",
                "{\"\\ud800\":1}",
                "{\"a\":[{\"\\udfff\":1}]}",
                "{\"a\":[\"\\ud800\"]}",
                "[\"\\ud800\"]"
            })
    void whatRfc8259DoesNotAllowIsMalformedJson(String text) {
        assertThat(outcome(text)).isEqualTo(Outcome.refused(Reason.MALFORMED_JSON, null));
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.scan(value, 0, value.length, members)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1e400",
                "12345678901234567890",
                "-1.5E-3",
                "0e0",
                "1.0e+01",
                "true",
                "false",
                "null",
                "\"\"",
                "\"\u007F\u2028\uFEFF\uFFFF\"",
                "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83D\\uDE00\\uaBcD\"",
                "[]",
                "{}",
                "[ ]",
                "[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]",
                "{\"a\":{\"a\":1,\"a\":2}}",
                "{\"enrichment\":1}",
                "{\"\":{\"\":\"\"}}"
            })
    void anyOtherFieldMayHoldAnyJson(String json) {
        assertThat(outcome(Event.usual().with("extra", json).bytes()).reason()).isNull();
    }

    @Test
    void nestingIsBoundedWithTheEventItselfAsTheFirstLevel() {
        assertThat(outcome(Event.usual().with("a", nested(15)).bytes()).reason())
                .isNull();
        assertThat(outcome(Event.usual().with("a", nested(16)).bytes()))
                .isEqualTo(Outcome.refused(Reason.MALFORMED_JSON, null));
        assertThat(outcome(nested(16)).reason()).isEqualTo(Reason.NOT_AN_OBJECT);
        assertThat(outcome(nested(17)).reason()).isEqualTo(Reason.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "1", "-0.5e3", "\"{}\"", "true", " null ", "\"\""})
    void jsonOfAnotherKindIsNotAnObject(String text) {
        assertThat(outcome(text)).isEqualTo(Outcome.refused(Reason.NOT_AN_OBJECT, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}", "{\"ip\":1,\"ip\":2}", "{\"ip\":1,\"\\u0069p\":2}", "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":2}", "{\"/\":1,\"\\/\":2}", "{\"é\":1,\"\\u00e9\":2}",
                        "{\"a\":1,\"b\":2,\"c\":3,\"a\":{}}"
            })
    void aNameThatComesTwiceIsADuplicateHoweverItIsSpelled(String text) {
        assertThat(outcome(text)).isEqualTo(Outcome.refused(Reason.DUPLICATE_FIELD, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"enrichment\"", "\"\\u0065nrichment\""})
    void enrichmentIsReserved(String name) {
        byte[] value = Event.usual().withSpelled(name, "null").bytes();

        assertThat(scanner.scan(value, 0, value.length, members)).isFalse();
        assertThat(outcome(value)).isEqualTo(Outcome.refused(Reason.RESERVED_FIELD, null));
    }

    @Test
    void bytesThatAreNotUtf8AreFoundAnywhere() {
        byte[] inText = Event.usual().with("locale", "\"é\"").json().getBytes(StandardCharsets.ISO_8859_1);
        byte[] inName = Event.usual().with("é", "1").json().getBytes(StandardCharsets.ISO_8859_1);
        byte[] behind = "{}é".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = Event.usual().json().getBytes(StandardCharsets.UTF_16);

        assertThat(List.of(outcome(inText), outcome(inName), outcome(behind), outcome(utf16)))
                .containsOnly(Outcome.refused(Reason.INVALID_UTF8, null));
    }

    @Test
    void utf16WithoutAMarkIsNotGuessed() {
        byte[] utf16 = Event.usual().json().getBytes(StandardCharsets.UTF_16BE);

        assertThat(outcome(utf16)).isEqualTo(Outcome.refused(Reason.MALFORMED_JSON, null));
    }

    @Test
    void faultsOfTheWholeOutrankEachOtherInTheContractsOrder() {
        assertThat(List.of(
                        outcome("{\"a\":1,\"a\":2,\"enrichment\":1} \u00FF".getBytes(StandardCharsets.ISO_8859_1)),
                        outcome("{\"a\":1,\"a\":2,\"enrichment\":1} x"),
                        outcome("[] x"),
                        outcome("{\"enrichment\":1,\"a\":1,\"a\":2}"),
                        outcome("{\"enrichment\":1,\"user_id\":1}")))
                .extracting(Outcome::reason)
                .containsExactly(
                        Reason.INVALID_UTF8,
                        Reason.MALFORMED_JSON,
                        Reason.MALFORMED_JSON,
                        Reason.DUPLICATE_FIELD,
                        Reason.RESERVED_FIELD);
    }

    private static List<FieldFault> faults(Reason reason, Field field, String... values) {
        return Stream.of(values)
                .map(value -> new FieldFault(reason, field, value))
                .toList();
    }

    private static String text(String character, int count) {
        return '"' + character.repeat(count) + '"';
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private Outcome outcome(String text) {
        return outcome(text.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome outcome(byte[] value) {
        login.take(value);
        decoder.decode(login, Event.RECORD_MS);
        return Outcome.of(login);
    }
}

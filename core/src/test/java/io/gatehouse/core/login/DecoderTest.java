package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
    /** So many that what the virtual machine allocates once is less than a byte for each. */
    private static final int ALLOCATION_TEST_EVENTS = 20_000;

    private final Decoder decoder = new Decoder(64 * 1024, FieldNames.DEFAULTS);
    private final Login login = new Login();

    @Test
    void theReferenceProducersEventIsReadWhole() {
        decode(Event.usual());

        assertThat(login.reason()).isNull();
        assertThat(login.field()).isNull();
        assertThat(Outcome.string(login.userId())).isEqualTo("b22a51d5-0f2f-42e3-8505-f2f8d2b01060");
        assertThat(login.eventTimeMs()).isEqualTo(1_720_589_697_000L);
        assertThat(login.ip().family()).isEqualTo(4);
        assertThat(login.ip().low()).isEqualTo(0x1943FD7CL);
        assertThat(Outcome.string(login.deviceType())).isEqualTo("iOS");
        assertThat(Outcome.string(login.appVersion())).isEqualTo("2.3.0");
        assertThat(Outcome.string(login.locale())).isEqualTo("WA");
        assertThat(Outcome.string(login.deviceId())).isEqualTo("37e8136e-b36d-4717-aa68-dbfcaef4d499");
    }

    @Test
    void anOrdinaryEventsTextsLieInItsOwnBytes() {
        byte[] value = Event.usual().bytes();
        decode(value);

        assertThat(login.value()).isSameAs(value);
        assertThat(login.userId().bytes()).isSameAs(value);
        assertThat(login.deviceId().bytes()).isSameAs(value);
    }

    @Test
    void aValueIsTakenFromItsPlaceInABuffer() {
        byte[] event = Event.usual().bytes();
        byte[] amid = new byte[event.length + 7];
        System.arraycopy(event, 0, amid, 5, event.length);
        ByteBuffer buffer = ByteBuffer.wrap(amid, 2, amid.length - 2).slice();
        buffer.position(3).limit(3 + event.length);

        login.takeFrom(buffer);
        decoder.decode(login, Event.RECORD_MS);

        assertThat(login.reason()).isNull();
        assertThat(login.open()).isEqualTo(5);
        assertThat(Outcome.string(login.deviceType())).isEqualTo("iOS");
        assertThat(buffer.remaining()).isEqualTo(event.length);

        login.takeFrom(buffer.limit(3 + event.length - 1));
        decoder.decode(login, Event.RECORD_MS);
        assertThat(login.reason()).isEqualTo(Reason.MALFORMED_JSON);

        login.takeFrom(null);
        decoder.decode(login, Event.RECORD_MS);
        assertThat(login.reason()).isEqualTo(Reason.EMPTY_VALUE);
    }

    @Test
    void anOrdinaryEventAllocatesNothing() {
        byte[] value =
                Event.usual().with("locale", "\"Zürich\"").with("extra", "1.5").bytes();
        decodeOften(value);
        long before = allocatedBytes();
        decodeOften(value);
        long allocated = allocatedBytes() - before;

        assertThat(login.reason()).isNull();
        assertThat(allocated).isLessThan(ALLOCATION_TEST_EVENTS);
    }

    private void decodeOften(byte[] value) {
        for (int i = 0; i < ALLOCATION_TEST_EVENTS; i++) {
            decode(value);
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip", "device_type", "app_version", "locale", "device_id"})
    void anOptionalFieldMayBeAbsentOrNullAndIsThenNotRememberedFromTheEventBefore(String field) {
        decode(Event.usual());
        decode(Event.usual().without(field));
        Outcome absent = Outcome.of(login);
        decode(Event.usual());
        decode(Event.usual().with(field, "null"));
        Outcome isNull = Outcome.of(login);

        assertThat(absent.reason()).isNull();
        assertThat(isNull).usingRecursiveComparison().ignoringFields("end").isEqualTo(absent);
        assertThat(List.of(
                        login.ip().family() != 0,
                        login.deviceType().isPresent(),
                        login.appVersion().isPresent(),
                        login.locale().isPresent(),
                        login.deviceId().isPresent()))
                .containsOnlyOnce(false);
    }

    @Test
    void anEmptyTextIsAValue() {
        decode(Event.usual().with("locale", "\"\""));

        assertThat(login.reason()).isNull();
        assertThat(login.locale().isPresent()).isTrue();
        assertThat(login.locale().lengthBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"x\":1,MEMBERS}", " \t\r\n{ MEMBERS , \"x\" : 1 \n } \r\n\t ", "{MEMBERS,\"x\":{\"}\":1}\t}"})
    void theBoundsEncloseTheMembersAndTheOpeningBrace(String form) {
        String usual = Event.usual().json();
        String text = form.replace("MEMBERS", usual.substring(1, usual.length() - 1));
        decode(text);

        assertThat(login.reason()).isNull();
        String original = text.substring(login.open(), login.end());
        assertThat(original).startsWith("{").isEqualTo(text.strip().replaceAll("\\s*}$", ""));
    }

    @Test
    void escapedAndUnescapedSpellingsAreTheSame() {
        decode(Event.usual());
        Outcome plain = Outcome.of(login);
        decode(Event.usual()
                .without("locale")
                .withSpelled("\"\\u006cocale\"", "\"W\\u0041\"")
                .with("device_type", "\"\\u0069OS\""));

        assertThat(Outcome.of(login))
                .usingRecursiveComparison()
                .ignoringFields("end")
                .isEqualTo(plain);
    }

    @Test
    void escapedCharactersOfAnyPlaneBecomeUtf8() {
        decode(Event.usual().with("locale", "\"\\ud83d\\uDE00 \\u00e9 \\u20ac \\/ \\n\""));

        assertThat(Outcome.string(login.locale())).isEqualTo("😀 é € / \n");
    }

    @Test
    void charactersAreCodePoints() {
        decode(Event.usual().with("user_id", '"' + "😀".repeat(128) + '"').with("locale", '"' + "é".repeat(256) + '"'));
        assertThat(login.reason()).isNull();

        decode(Event.usual().with("user_id", '"' + "😀".repeat(129) + '"'));
        assertThat(login.reason()).isEqualTo(Reason.INVALID_USER_ID);

        decode(Event.usual().with("locale", '"' + "é".repeat(257) + '"'));
        assertThat(login.reason()).isEqualTo(Reason.FIELD_TOO_LONG);
    }

    @Test
    void noBytesAreAnEmptyValue() {
        decode((byte[]) null);
        assertThat(Outcome.of(login)).isEqualTo(Outcome.refused(Reason.EMPTY_VALUE, null));

        decode(new byte[0]);
        assertThat(Outcome.of(login)).isEqualTo(Outcome.refused(Reason.EMPTY_VALUE, null));
    }

    @Test
    void whatIsLargerThanTheLimitIsNotLookedInto() {
        byte[] value = Event.usual().bytes();
        login.take(value);
        new Decoder(value.length, FieldNames.DEFAULTS).decode(login, Event.RECORD_MS);
        assertThat(login.reason()).isNull();

        new Decoder(value.length - 1, FieldNames.DEFAULTS).decode(login, Event.RECORD_MS);
        assertThat(Outcome.of(login)).isEqualTo(Outcome.refused(Reason.TOO_LARGE, null));

        decode(new byte[64 * 1024 + 1]);
        assertThat(login.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void theFirstFaultInTheContractsOrderIsTheReason() {
        Event event = Event.usual();
        for (Field field : Field.values()) {
            event.with(field.label(), "true");
        }
        List<Field> faults = new ArrayList<>();
        for (Field field : Field.values()) {
            decode(event);
            faults.add(login.field());
            event.with(field.label(), valid(field));
        }

        assertThat(faults).containsExactly(Field.values());
        decode(event);
        assertThat(login.reason()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void theOrderOfTheMembersDoesNotMatter(Field last) {
        decode(Event.usual());
        Outcome usual = Outcome.of(login);
        decode(Event.usual().without(last.label()).with(last.label(), valid(last)));

        assertThat(Outcome.of(login)).isEqualTo(usual);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{\"a\":", "{\"a\":[", "\"", "{\"", "\\", "1", "{", " ", "\u0000", "-", "\\u", "{\"a\":1,"})
    void aLargeValueOfOnePieceRepeatedIsRefusedInBoundedTimeAndStack(String piece) {
        decode(piece.repeat(64 * 1024 / piece.length()));

        assertThat(login.reason()).isIn(Reason.MALFORMED_JSON, Reason.NOT_AN_OBJECT);
    }

    @Test
    void thousandsOfMembersAreReadAndOneRepeatedIsFound() {
        Event event = Event.usual();
        StringBuilder many =
                new StringBuilder(event.json()).deleteCharAt(event.json().length() - 1);
        for (int i = 0; i < 6_000; i++) {
            many.append(",\"").append(i).append("\":0");
        }
        decode(many + "}");
        assertThat(login.reason()).isNull();

        decode(many + ",\"4711\":1}");
        assertThat(login.reason()).isEqualTo(Reason.DUPLICATE_FIELD);
    }

    private static String valid(Field field) {
        return switch (field) {
            case USER_ID -> "\"b22a51d5-0f2f-42e3-8505-f2f8d2b01060\"";
            case TIMESTAMP -> "1720589697";
            case IP -> "\"25.67.253.124\"";
            case DEVICE_TYPE -> "\"iOS\"";
            case APP_VERSION -> "\"2.3.0\"";
            case LOCALE -> "\"WA\"";
            case DEVICE_ID -> "\"37e8136e-b36d-4717-aa68-dbfcaef4d499\"";
        };
    }

    private void decode(Event event) {
        decode(event.bytes());
    }

    private void decode(String json) {
        decode(json.getBytes(StandardCharsets.UTF_8));
    }

    private void decode(byte[] value) {
        login.take(value);
        decoder.decode(login, Event.RECORD_MS);
    }
}

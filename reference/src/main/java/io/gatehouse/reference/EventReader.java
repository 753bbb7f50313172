package io.gatehouse.reference;

import io.gatehouse.reference.JsonReader.NumberToken;
import io.gatehouse.reference.Verdict.Refused;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads a record's value, and finds its first fault in the contract's order. */
final class EventReader {
    private static final int MAX_USER_ID_CHARACTERS = 128;
    private static final int MAX_TEXT_CHARACTERS = 256;
    private static final BigInteger YEAR_2000_MS = BigInteger.valueOf(946_684_800_000L);
    private static final BigInteger MOST_MS = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MOST_AHEAD_MS = BigInteger.valueOf(5 * 60_000L);

    private final Settings settings;

    EventReader(Settings settings) {
        this.settings = settings;
    }

    /** @param recordTimestampMs the record's own Kafka timestamp; negative when it has none */
    Reading read(byte[] value, long recordTimestampMs) {
        if (value == null || value.length == 0) {
            return whole("empty_value");
        }
        if (value.length > settings.maxEventBytes()) {
            return whole("too_large");
        }
        String text = utf8(value);
        if (text == null) {
            return whole("invalid_utf8");
        }
        JsonReader.Document document;
        try {
            document = JsonReader.read(text);
        } catch (MalformedJson malformed) {
            return whole("malformed_json");
        }
        if (!(document.value() instanceof Map<?, ?> members)) {
            return whole("not_an_object");
        }
        if (document.repeatedName()) {
            return whole("duplicate_field");
        }
        if (members.containsKey("enrichment")) {
            return whole("reserved_field");
        }
        Refused fault = firstFault(members, recordTimestampMs);
        if (fault != null) {
            return fault;
        }
        String ip = (String) value(members, "ip");
        return new LoginEvent(
                (String) value(members, "user_id"),
                eventTime(value(members, "timestamp")).longValueExact(),
                ip == null ? null : Address.parse(ip),
                (String) value(members, "device_type"),
                (String) value(members, "app_version"),
                (String) value(members, "locale"),
                (String) value(members, "device_id"),
                text.substring(document.start(), document.lastMemberEnd()).getBytes(StandardCharsets.UTF_8));
    }

    private Refused firstFault(Map<?, ?> members, long recordTimestampMs) {
        Refused fault = userIdFault(value(members, "user_id"));
        if (fault == null) {
            fault = timestampFault(value(members, "timestamp"), recordTimestampMs);
        }
        if (fault == null) {
            fault = ipFault(value(members, "ip"));
        }
        for (String field : List.of("device_type", "app_version", "locale", "device_id")) {
            if (fault == null) {
                fault = textFault(field, value(members, field));
            }
        }
        return fault;
    }

    /** The value of a field, by the contract's name; null when it is absent or null. */
    private Object value(Map<?, ?> members, String field) {
        return members.get(settings.nameOf(field));
    }

    private static Refused userIdFault(Object value) {
        if (value == null) {
            return new Refused("missing_field", "user_id");
        }
        if (!(value instanceof String text)) {
            return new Refused("wrong_type", "user_id");
        }
        boolean valid = !text.isEmpty()
                && characters(text) <= MAX_USER_ID_CHARACTERS
                && text.codePoints().noneMatch(c -> c <= 0x1f || (c >= 0x7f && c <= 0x9f));
        return valid ? null : new Refused("invalid_user_id", "user_id");
    }

    private static Refused timestampFault(Object value, long recordTimestampMs) {
        if (value == null) {
            return new Refused("missing_field", "timestamp");
        }
        if (!(value instanceof String) && !(value instanceof NumberToken)) {
            return new Refused("wrong_type", "timestamp");
        }
        BigInteger time = eventTime(value);
        if (time == null) {
            return new Refused("invalid_timestamp", "timestamp");
        }
        boolean outOfRange = time.compareTo(YEAR_2000_MS) < 0 || time.compareTo(MOST_MS) > 0;
        if (recordTimestampMs >= 0) {
            outOfRange |= time.compareTo(BigInteger.valueOf(recordTimestampMs).add(MOST_AHEAD_MS)) > 0;
        }
        return outOfRange ? new Refused("timestamp_out_of_range", "timestamp") : null;
    }

    /** Milliseconds, of any size; null when the value spells no time. */
    private static BigInteger eventTime(Object value) {
        if (value instanceof NumberToken number) {
            return number.isInteger() ? EventTime.ofEpoch(number.spelling()) : null;
        }
        return EventTime.ofText((String) value);
    }

    private static Refused ipFault(Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            return new Refused("wrong_type", "ip");
        }
        return Address.parse(text) == null ? new Refused("invalid_ip", "ip") : null;
    }

    private static Refused textFault(String field, Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            return new Refused("wrong_type", field);
        }
        return characters(text) > MAX_TEXT_CHARACTERS ? new Refused("field_too_long", field) : null;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Refused whole(String reason) {
        return new Refused(reason, null);
    }

    private static String utf8(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException invalid) {
            return null;
        }
    }
}

package io.gatehouse.peers.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a record's value with Jackson's streaming parser and finds its first fault, in the contract's order. Not
 * thread-safe.
 */
final class LoginReader {
    private static final int MAX_EVENT_BYTES = 64 * 1024;
    private static final int MAX_NESTING = 16;
    private static final int MAX_USER_ID_CHARACTERS = 128;
    private static final int MAX_TEXT_CHARACTERS = 256;
    private static final long YEAR_2000_MS = 946_684_800_000L;
    private static final long MOST_AHEAD_MS = 5 * 60_000L;
    private static final String RESERVED = "enrichment";

    /** Lengths are bounded by the event's own. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(MAX_EVENT_BYTES)
                    .maxNameLength(MAX_EVENT_BYTES)
                    .build())
            .build();

    private enum Field {
        USER_ID,
        TIMESTAMP,
        IP,
        DEVICE_TYPE,
        APP_VERSION,
        LOCALE,
        DEVICE_ID;

        private static final Map<String, Field> BY_LABEL =
                Stream.of(values()).collect(Collectors.toMap(Field::label, Function.identity()));

        private final String label = name().toLowerCase(Locale.ROOT);

        String label() {
            return label;
        }

        Refusal refusal(String reason) {
            return new Refusal(reason, label);
        }
    }

    private static final Field[] TEXTS = {Field.DEVICE_TYPE, Field.APP_VERSION, Field.LOCALE, Field.DEVICE_ID};

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer characters = CharBuffer.allocate(MAX_EVENT_BYTES);
    private final Set<String> names = new HashSet<>();

    // The fields of the event in hand, by their ordinal; the type of an absent one is that of a null.
    private final JsonToken[] types = new JsonToken[Field.values().length];
    private final String[] texts = new String[Field.values().length];
    private boolean mayHaveLoneSurrogates;
    private boolean hasLoneSurrogate;

    /** @param recordTimestampMs the record's own Kafka timestamp, epoch milliseconds; negative when it has none */
    Reading read(byte[] value, long recordTimestampMs) {
        if (value == null || value.length == 0) {
            return Refusal.whole("empty_value");
        }
        if (value.length > MAX_EVENT_BYTES) {
            return Refusal.whole("too_large");
        }
        if (!isUtf8(value)) {
            return Refusal.whole("invalid_utf8");
        }
        Refusal fault = mayBeJson(value) ? parse(value) : Refusal.whole("malformed_json");
        return fault == null ? login(recordTimestampMs) : fault;
    }

    /** Jackson is not strict about it. Most events are ASCII and need no closer look. */
    private boolean isUtf8(byte[] value) {
        int bits = 0;
        for (byte b : value) {
            bits |= b;
        }
        if (bits >= 0) {
            return true;
        }
        characters.clear();
        return !utf8.reset().decode(ByteBuffer.wrap(value), characters, true).isError();
    }

    /** Jackson would skip a byte order mark, and take an early zero byte for a sign of UTF-16 or UTF-32. */
    private static boolean mayBeJson(byte[] value) {
        boolean hasZero = false;
        for (int i = 0; i < Math.min(4, value.length); i++) {
            hasZero |= value[i] == 0;
        }
        return !hasZero && value[0] != (byte) 0xef;
    }

    /** Reads all of the value, since a later fault of the whole can outrank an earlier one; null when there is none. */
    private Refusal parse(byte[] value) {
        Arrays.fill(types, JsonToken.VALUE_NULL);
        names.clear();
        hasLoneSurrogate = false;
        mayHaveLoneSurrogates = hasEscapes(value);
        try (JsonParser parser = JSON.createParser(value)) {
            Refusal fault = null;
            JsonToken root = parser.nextToken();
            if (root == JsonToken.START_OBJECT) {
                fault = readMembers(parser);
            } else if (root != null) {
                pass(parser);
                fault = Refusal.whole("not_an_object");
            }
            boolean isOneValue = root != null && parser.nextToken() == null;
            return isOneValue && !hasLoneSurrogate ? fault : Refusal.whole("malformed_json");
        } catch (IOException notJson) {
            return Refusal.whole("malformed_json");
        }
    }

    /** Only an escape can spell half of a surrogate pair. */
    private static boolean hasEscapes(byte[] value) {
        for (byte b : value) {
            if (b == '\\') {
                return true;
            }
        }
        return false;
    }

    private Refusal readMembers(JsonParser parser) throws IOException {
        boolean isRepeated = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkSurrogates(name);
            isRepeated |= !names.add(name);
            JsonToken type = parser.nextToken();
            Field field = Field.BY_LABEL.get(name);
            if (field != null) {
                types[field.ordinal()] = type;
                texts[field.ordinal()] = type.isScalarValue() ? parser.getText() : null;
            }
            pass(parser);
        }
        if (isRepeated) {
            return Refusal.whole("duplicate_field");
        }
        return names.contains(RESERVED) ? Refusal.whole("reserved_field") : null;
    }

    /** Reads on to the end of the value that has just begun. */
    private void pass(JsonParser parser) throws IOException {
        if (!mayHaveLoneSurrogates) {
            parser.skipChildren();
            return;
        }
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                checkSurrogates(parser.getText());
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private void checkSurrogates(String text) {
        if (!mayHaveLoneSurrogates) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                hasLoneSurrogate |= !isPair;
                i++;
            }
        }
    }

    private Reading login(long recordTimestampMs) {
        Refusal fault = userIdFault();
        if (fault != null) {
            return fault;
        }
        fault = typeFault(Field.TIMESTAMP);
        if (fault != null) {
            return fault;
        }
        long eventTimeMs = eventTimeMs();
        if (eventTimeMs == EventTime.NONE) {
            return Field.TIMESTAMP.refusal("invalid_timestamp");
        }
        boolean isAhead = recordTimestampMs >= 0 && eventTimeMs - MOST_AHEAD_MS > recordTimestampMs;
        if (eventTimeMs < YEAR_2000_MS || isAhead) {
            return Field.TIMESTAMP.refusal("timestamp_out_of_range");
        }
        fault = typeFault(Field.IP);
        if (fault != null) {
            return fault;
        }
        String ipText = text(Field.IP);
        byte[] ip = ipText == null ? null : IpText.parse(ipText);
        if (ipText != null && ip == null) {
            return Field.IP.refusal("invalid_ip");
        }
        fault = textFault();
        if (fault != null) {
            return fault;
        }
        return new Login(
                text(Field.USER_ID),
                eventTimeMs,
                ip,
                text(Field.DEVICE_TYPE),
                AppVersion.parse(text(Field.APP_VERSION)),
                text(Field.DEVICE_ID));
    }

    private Refusal userIdFault() {
        Refusal fault = typeFault(Field.USER_ID);
        if (fault != null) {
            return fault;
        }
        String userId = text(Field.USER_ID);
        boolean isValid = !userId.isEmpty() && isUpTo(userId, MAX_USER_ID_CHARACTERS);
        for (int i = 0; isValid && i < userId.length(); i++) {
            isValid = !Character.isISOControl(userId.charAt(i));
        }
        return isValid ? null : Field.USER_ID.refusal("invalid_user_id");
    }

    private long eventTimeMs() {
        String text = texts[Field.TIMESTAMP.ordinal()];
        return switch (types[Field.TIMESTAMP.ordinal()]) {
            case VALUE_NUMBER_INT -> EventTime.ofNumber(text);
            case VALUE_STRING -> EventTime.ofText(text);
            default -> EventTime.NONE;
        };
    }

    private Refusal textFault() {
        for (Field field : TEXTS) {
            Refusal fault = typeFault(field);
            if (fault != null) {
                return fault;
            }
            String text = text(field);
            if (text != null && !isUpTo(text, MAX_TEXT_CHARACTERS)) {
                return field.refusal("field_too_long");
            }
        }
        return null;
    }

    private Refusal typeFault(Field field) {
        JsonToken type = types[field.ordinal()];
        boolean isTimestamp = field == Field.TIMESTAMP;
        if (type == JsonToken.VALUE_NULL) {
            return field == Field.USER_ID || isTimestamp ? field.refusal("missing_field") : null;
        }
        boolean isAllowed = type == JsonToken.VALUE_STRING || isTimestamp && type.isNumeric();
        return isAllowed ? null : field.refusal("wrong_type");
    }

    /** Null when the field is absent or null; only for fields without a fault of their type. */
    private String text(Field field) {
        return types[field.ordinal()] == JsonToken.VALUE_NULL ? null : texts[field.ordinal()];
    }

    /** Characters are code points. */
    private static boolean isUpTo(String text, int most) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most;
    }
}

package io.gatehouse.core.login;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads any event there can be, and alone decides what is refused as a whole: exactly RFC 8259 without a byte order mark
 * is accepted, in UTF-8. The whole value is read before a verdict, because a later fault of the whole can outrank an
 * earlier one.
 */
final class StrictDecoder {
    /** Levels of objects and arrays, the event itself being the first. */
    static final int MAX_NESTING = 16;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Names are not kept in Jackson's shared table, which an event's author could fill. Lengths are bounded by the value
     * itself, which is never larger than {@code max.event.bytes}.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final KnownNames names;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private CharBuffer text = CharBuffer.allocate(0);
    /** The fields' texts, one behind the other: together no longer than the value, since unescaping only shortens. */
    private byte[] unescaped;

    private int unescapedBytes;

    StrictDecoder(KnownNames names) {
        this.names = names;
    }

    /** The fault of the whole between two indexes; null when there is none, and only then {@code into} is valid. */
    Reason decode(byte[] value, int from, int to, Members into) {
        into.clear();
        unescaped = new byte[to - from];
        unescapedBytes = 0;
        into.setUnescaped(unescaped);
        if (!readUtf8(value, from, to)) {
            return Reason.INVALID_UTF8;
        }
        char[] chars = text.array();
        int length = text.limit();
        if (chars[0] == BYTE_ORDER_MARK || !Escapes.areSound(chars, length)) {
            return Reason.MALFORMED_JSON;
        }
        // Characters, not bytes: given bytes, Jackson would guess among encodings.
        try (JsonParser parser = JSON.createParser(chars, 0, length)) {
            Reason reason = read(parser, into);
            if (reason == null) {
                into.setOpen(open(value, from));
                into.setEnd(end(value, to));
            }
            return reason;
        } catch (IOException | RuntimeException notJson) {
            // Jackson promises the first. The second would be its mistake, and must not let one event stop all others.
            return Reason.MALFORMED_JSON;
        }
    }

    /** Fills {@link #text}, whose array is kept for the next value. */
    private boolean readUtf8(byte[] value, int from, int to) {
        if (text.capacity() < to - from) {
            text = CharBuffer.allocate(to - from);
        }
        text.clear();
        utf8.reset();
        if (utf8.decode(ByteBuffer.wrap(value, from, to - from), text, true).isError()) {
            return false;
        }
        text.flip();
        return true;
    }

    private Reason read(JsonParser parser, Members into) throws IOException {
        JsonToken root = parser.nextToken();
        Reason reason = null;
        if (root == JsonToken.START_OBJECT) {
            reason = readMembers(parser, into);
        } else if (root != null) {
            parser.skipChildren();
            reason = Reason.NOT_AN_OBJECT;
        }
        boolean isOneValue = root != null && parser.nextToken() == null;
        return isOneValue ? reason : Reason.MALFORMED_JSON;
    }

    private Reason readMembers(JsonParser parser, Members into) throws IOException {
        Set<String> seen = new HashSet<>();
        boolean isRepeated = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            isRepeated |= !seen.add(name);
            JsonToken token = parser.nextToken();
            Field field = names.find(name);
            if (field != null) {
                readValue(parser, token, into.of(field));
            }
            parser.skipChildren();
        }
        if (isRepeated) {
            return Reason.DUPLICATE_FIELD;
        }
        return seen.contains(FieldNames.RESERVED) ? Reason.RESERVED_FIELD : null;
    }

    private void readValue(JsonParser parser, JsonToken token, Member into) throws IOException {
        switch (token) {
            case VALUE_STRING -> setText(into, Kind.STRING, parser.getText());
            case VALUE_NUMBER_INT -> setText(into, Kind.INTEGER, parser.getText());
            case VALUE_NUMBER_FLOAT -> setText(into, Kind.DECIMAL, parser.getText());
            case VALUE_NULL -> into.set(Kind.NULL, 0, 0);
            default -> into.set(Kind.OTHER, 0, 0);
        }
    }

    private void setText(Member into, Kind kind, String fieldText) {
        byte[] bytes = fieldText.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, unescaped, unescapedBytes, bytes.length);
        into.set(kind, unescapedBytes, unescapedBytes + bytes.length);
        unescapedBytes += bytes.length;
    }

    /** Nothing but white space stands before the brace that opens the event. */
    private static int open(byte[] value, int from) {
        int index = from;
        while (value[index] != '{') {
            index++;
        }
        return index;
    }

    /** The last brace closes the event; before it may stand white space. */
    private static int end(byte[] value, int to) {
        int index = to - 1;
        while (value[index] != '}') {
            index--;
        }
        while (isWhiteSpace(value[index - 1])) {
            index--;
        }
        return index;
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}

package io.gatehouse.core.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** What is asked of JSON texts here. */
final class Json {
    /** Names are not kept in Jackson's shared table, which an event's author could fill. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** What a whole text is; null when it is not one JSON value, in UTF-8 and without a byte order mark. */
    static JsonToken kind(byte[] text) {
        if (!isPlain(text)) {
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken kind = parser.nextToken();
            parser.skipChildren();
            // A value is read when it is asked for: a number or a string that is not sound must not pass.
            parser.finishToken();
            return parser.nextToken() == null ? kind : null;
        } catch (IOException | RuntimeException notJson) {
            return null;
        }
    }

    /** Given bytes, Jackson guesses among encodings, by zero bytes and marks: of these no JSON in UTF-8 has any. */
    private static boolean isPlain(byte[] text) {
        if (text.length > 0 && text[0] == (byte) 0xEF) {
            return false;
        }
        for (byte b : text) {
            if (b == 0) {
                return false;
            }
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The content of a string, given with its quotes. */
    static String text(byte[] json, int from, int to) {
        byte[] quoted = Arrays.copyOfRange(json, from, to);
        try (JsonParser parser = FACTORY.createParser(quoted)) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw new IllegalStateException("it was sound before", e);
        }
    }

    /** A text as a JSON string, with its quotes. */
    static byte[] quoted(String text) {
        return ('"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"').getBytes(UTF_8);
    }
}

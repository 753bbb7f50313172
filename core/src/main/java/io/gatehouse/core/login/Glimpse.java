package io.gatehouse.core.login;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * What an event tells of the app that sent it, whatever else is wrong with it: read as far as it is JSON, so that a cause
 * can be traced to those who must mend it. Nothing is decided by it.
 *
 * @param appVersion its text; null when there is none, or one longer than is accepted
 * @param platform {@link Platform#UNKNOWN} when nothing tells it
 */
public record Glimpse(String appVersion, Platform platform) {
    /** The larger part of an event that is far too large is not looked at. */
    private static final int MOST_BYTES = 64 << 10;

    private static final int LONGEST_TEXT = 256;

    private static final Glimpse NOTHING = new Glimpse(null, Platform.UNKNOWN);

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Looks at a record's value, which may be null. Never throws, whatever the bytes are. */
    public static Glimpse of(byte[] value, FieldNames names) {
        if (value == null) {
            return NOTHING;
        }
        String[] found = new String[2];
        try (JsonParser parser = JSON.createParser(value, 0, Math.min(value.length, MOST_BYTES))) {
            read(parser, names, version -> found[0] = version, type -> found[1] = type);
        } catch (IOException | RuntimeException notJson) {
            // What was read before it stands.
        }
        return new Glimpse(found[0], Platform.of(found[1]));
    }

    private static void read(JsonParser parser, FieldNames names, Consumer<String> version, Consumer<String> type)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING && parser.getTextLength() <= LONGEST_TEXT) {
                if (name.equals(names.of(Field.APP_VERSION))) {
                    version.accept(parser.getText());
                } else if (name.equals(names.of(Field.DEVICE_TYPE))) {
                    type.accept(parser.getText());
                }
            }
            parser.skipChildren();
        }
    }
}

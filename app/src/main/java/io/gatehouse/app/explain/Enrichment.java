package io.gatehouse.app.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The members of a result's enrichment, each as the JSON that it is written in. */
final class Enrichment {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String NAME = "enrichment";

    private Enrichment() {}

    /** In their order; empty where the value is no result. */
    static Map<String, String> members(byte[] result) {
        try (JsonParser parser = JSON.createParser(result)) {
            Map<String, String> members = Map.of();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isEnrichment = parser.currentName().equals(NAME);
                    if (parser.nextToken() == JsonToken.START_OBJECT && isEnrichment) {
                        members = read(parser, result);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            return members;
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static Map<String, String> read(JsonParser parser, byte[] result) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            int from = (int) parser.currentTokenLocation().getByteOffset();
            if (token == JsonToken.VALUE_STRING) {
                // Strings are read when they are asked for.
                parser.getText();
            }
            parser.skipChildren();
            int to = (int) parser.currentLocation().getByteOffset();
            members.put(name, new String(Arrays.copyOfRange(result, from, to), UTF_8).strip());
        }
        return members;
    }
}

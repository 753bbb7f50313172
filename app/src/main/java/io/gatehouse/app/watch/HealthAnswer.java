package io.gatehouse.app.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instance says of its health at {@code /health}.
 *
 * @param status {@code ready}, {@code not ready} or {@code not live}
 * @param reasons why it is not ready
 * @param warnings what somebody should look at, though the work goes on
 */
record HealthAnswer(String status, String version, List<String> reasons, List<String> warnings) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException when it is not Gatehouse's page */
    static HealthAnswer parse(String body) throws IOException {
        Map<String, String> texts = new HashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                member(json, texts, lists);
            }
        }
        if (!texts.containsKey("status") || !texts.containsKey("version")) {
            throw new IOException("no status and version");
        }
        List<String> reasons = new ArrayList<>(lists.getOrDefault("not_live", List.of()));
        reasons.addAll(lists.getOrDefault("not_ready", List.of()));
        return new HealthAnswer(
                texts.get("status"), texts.get("version"), reasons, lists.getOrDefault("warnings", List.of()));
    }

    private static void member(JsonParser json, Map<String, String> texts, Map<String, List<String>> lists)
            throws IOException {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.VALUE_STRING) {
            texts.put(name, json.getText());
        } else if (value == JsonToken.START_ARRAY) {
            lists.put(name, strings(json));
        } else {
            json.skipChildren();
        }
    }

    /** The strings of an array; what else is in it is passed over. */
    private static List<String> strings(JsonParser json) throws IOException {
        List<String> strings = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                strings.add(json.getText());
            } else {
                json.skipChildren();
            }
        }
        return strings;
    }
}

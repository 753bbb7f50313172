package io.gatehouse.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes compact JSON. Strings escape only what they must: the quotation mark, the backslash and control characters.
 * Doubles have one to four decimals (eleven metres of latitude) and no further zeros: always one, so
 * that no reader takes the field for one of whole numbers.
 */
final class JsonWriter {
    private JsonWriter() {}

    /** Takes maps, lists, strings, whole numbers, doubles, numbers as spelled, booleans and null. */
    static String write(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            return String.valueOf(value);
        }
        if (value instanceof Double number) {
            BigDecimal rounded =
                    BigDecimal.valueOf(number).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
            return rounded.setScale(Math.max(1, rounded.scale())).toPlainString();
        }
        if (value instanceof JsonReader.NumberToken number) {
            return number.spelling();
        }
        if (value instanceof String text) {
            return quote(text);
        }
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> quote((String) member.getKey()) + ":" + write(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(JsonWriter::write).collect(Collectors.joining(",", "[", "]"));
        }
        throw new IllegalArgumentException("No JSON for " + value.getClass());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

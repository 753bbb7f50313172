package io.gatehouse.lab.corpus;

/** The same text in another JSON spelling. */
final class Spelling {
    private Spelling() {}

    /** Every UTF-16 unit as an escape; without the quotes. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() * 6);
        for (int i = 0; i < text.length(); i++) {
            escaped.append(String.format("\\u%04x", (int) text.charAt(i)));
        }
        return escaped.toString();
    }

    /** The JSON string with its first character escaped; as it is where that is one already, or there is none. */
    static String withAnEscape(String json) {
        char first = json.charAt(1);
        if (first == '"' || first == '\\') {
            return json;
        }
        int second = json.offsetByCodePoints(1, 1);
        return "\"" + escaped(json.substring(1, second)) + json.substring(second);
    }
}

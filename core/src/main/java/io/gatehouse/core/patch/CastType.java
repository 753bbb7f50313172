package io.gatehouse.core.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a member's value can be turned into. */
enum CastType {
    /** Numbers, true and false, as they are written; strings stay. */
    STRING("string"),
    /** Strings that spell a JSON number; numbers stay. */
    NUMBER("number"),
    /** Numbers and strings that spell one, without exponent; a fraction is cut off. */
    INTEGER("integer"),
    /** Strings that spell true or false; these stay. */
    BOOLEAN("boolean");

    /** Longer ones are no number that anybody meant. */
    private static final int LONGEST_NUMBER = 100;

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");
    private static final Pattern DECIMAL = Pattern.compile("(-?(?:0|[1-9]\\d*+))(?:\\.\\d++)?");

    private final String label;

    CastType(String label) {
        this.label = label;
    }

    static Optional<CastType> of(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }

    /** What a value becomes; null when it cannot be read as that. */
    byte[] cast(byte[] json, int from, int to) {
        boolean isText = json[from] == '"';
        if (json[from] == '{' || json[from] == '[' || json[from] == 'n') {
            return null;
        }
        if (this == STRING) {
            return isText ? Arrays.copyOfRange(json, from, to) : Json.quoted(new String(json, from, to - from, UTF_8));
        }
        String content = isText ? Json.text(json, from, to) : new String(json, from, to - from, UTF_8);
        String becomes = this == BOOLEAN ? truth(content) : number(content);
        return becomes == null ? null : becomes.getBytes(UTF_8);
    }

    private static String truth(String content) {
        return content.equals("true") || content.equals("false") ? content : null;
    }

    private String number(String content) {
        if (content.length() > LONGEST_NUMBER) {
            return null;
        }
        if (this == NUMBER) {
            return JSON_NUMBER.matcher(content).matches() ? content : null;
        }
        Matcher decimal = DECIMAL.matcher(content);
        if (!decimal.matches()) {
            return null;
        }
        return decimal.group(1).equals("-0") ? "0" : decimal.group(1);
    }
}

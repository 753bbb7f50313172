package io.gatehouse.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text by RFC 8259, strictly, by recursive descent. Objects become maps in the order of their members
 * (of equal names below the top level the last counts), arrays lists, strings {@link String}, numbers {@link
 * NumberToken}, and the rest {@link Boolean} and null.
 */
final class JsonReader {
    /** The deepest nesting that is accepted; the outermost object or array is 1. */
    static final int MAX_DEPTH = 16;

    private final String text;
    private int at;
    private int outermostStart = -1;
    private int lastMemberEnd = -1;
    private boolean repeatedName;

    /** A number as it is spelled: no arithmetic is done on what only passes through. */
    record NumberToken(String spelling) {
        boolean isInteger() {
            return spelling.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        }
    }

    /**
     * A whole text.
     *
     * @param start index of the outermost object's opening brace, -1 when the text is no object
     * @param lastMemberEnd index after the last member of the outermost object, -1 when it has none
     * @param repeatedName whether two members of the outermost object have the same name
     */
    record Document(Object value, int start, int lastMemberEnd, boolean repeatedName) {}

    private JsonReader(String text) {
        this.text = text;
    }

    static Document read(String text) throws MalformedJson {
        JsonReader reader = new JsonReader(text);
        Object value = reader.document();
        return new Document(value, reader.outermostStart, reader.lastMemberEnd, reader.repeatedName);
    }

    private Object document() throws MalformedJson {
        skipSpace();
        Object value = value(1);
        skipSpace();
        if (at != text.length()) {
            throw malformed("text after the end");
        }
        return value;
    }

    private Object value(int depth) throws MalformedJson {
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return literal("true", true);
            case 'f':
                return literal("false", false);
            case 'n':
                return literal("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object(int depth) throws MalformedJson {
        checkDepth(depth);
        if (depth == 1) {
            outermostStart = at;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        skipSpace();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            skipSpace();
            String name = string();
            skipSpace();
            expect(':');
            skipSpace();
            boolean known = members.containsKey(name);
            members.put(name, value(depth + 1));
            if (depth == 1) {
                repeatedName |= known;
                lastMemberEnd = at;
            }
            skipSpace();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',');
        }
    }

    private List<Object> array(int depth) throws MalformedJson {
        checkDepth(depth);
        List<Object> elements = new ArrayList<>();
        expect('[');
        skipSpace();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            skipSpace();
            elements.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return elements;
            }
            expect(',');
        }
    }

    private void checkDepth(int depth) throws MalformedJson {
        if (depth > MAX_DEPTH) {
            throw malformed("nested deeper than " + MAX_DEPTH);
        }
    }

    private String string() throws MalformedJson {
        expect('"');
        StringBuilder content = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return content.toString();
            } else if (c == '\\') {
                escape(content);
            } else if (c < 0x20) {
                throw malformed("a control character in a string");
            } else {
                content.append(c);
            }
        }
    }

    private void escape(StringBuilder content) throws MalformedJson {
        char c = next();
        switch (c) {
            case '"', '\\', '/' -> content.append(c);
            case 'b' -> content.append('\b');
            case 'f' -> content.append('\f');
            case 'n' -> content.append('\n');
            case 'r' -> content.append('\r');
            case 't' -> content.append('\t');
            case 'u' -> unicodeEscape(content);
            default -> throw malformed("an unknown escape");
        }
    }

    /** Half of a surrogate pair is no character: both halves must stand together, both escaped. */
    private void unicodeEscape(StringBuilder content) throws MalformedJson {
        char first = fourHexDigits();
        content.append(first);
        if (Character.isLowSurrogate(first)) {
            throw malformed("an unpaired surrogate");
        }
        if (Character.isHighSurrogate(first)) {
            expect('\\');
            expect('u');
            char second = fourHexDigits();
            if (!Character.isLowSurrogate(second)) {
                throw malformed("an unpaired surrogate");
            }
            content.append(second);
        }
    }

    private char fourHexDigits() throws MalformedJson {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = "0123456789abcdef".indexOf(asciiLowerCase(next()));
            if (digit < 0) {
                throw malformed("no hexadecimal digit");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private static char asciiLowerCase(char c) {
        return c >= 'A' && c <= 'F' ? (char) (c - 'A' + 'a') : c;
    }

    private Object literal(String spelling, Object value) throws MalformedJson {
        for (int i = 0; i < spelling.length(); i++) {
            expect(spelling.charAt(i));
        }
        return value;
    }

    private NumberToken number() throws MalformedJson {
        int start = at;
        skipIf('-');
        if (!skipIf('0')) {
            digits();
        }
        if (skipIf('.')) {
            digits();
        }
        if (skipIf('e') || skipIf('E')) {
            if (!skipIf('+')) {
                skipIf('-');
            }
            digits();
        }
        return new NumberToken(text.substring(start, at));
    }

    private void digits() throws MalformedJson {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed("no digit");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skipIf(char wanted) {
        boolean found = at < text.length() && text.charAt(at) == wanted;
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(char wanted) throws MalformedJson {
        if (next() != wanted) {
            throw malformed("not the expected '" + wanted + "'");
        }
    }

    private char next() throws MalformedJson {
        char c = peek();
        at++;
        return c;
    }

    private char peek() throws MalformedJson {
        if (at >= text.length()) {
            throw malformed("the text ends too soon");
        }
        return text.charAt(at);
    }

    private MalformedJson malformed(String what) {
        return new MalformedJson(what, at);
    }
}

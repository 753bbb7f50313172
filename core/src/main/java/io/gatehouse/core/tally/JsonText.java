package io.gatehouse.core.tally;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes the JSON of statistics. Plain rather than quick: a window is written when it closes and every few seconds. */
final class JsonText {
    private final StringBuilder text = new StringBuilder("{");

    JsonText member(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    JsonText member(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    void memberIfCounted(String name, long count) {
        if (count > 0) {
            member(name, count);
        }
    }

    void beginObject(String name) {
        name(name);
        text.append('{');
    }

    void beginArray(String name) {
        name(name);
        text.append('[');
    }

    void beginArray() {
        separate();
        text.append('[');
    }

    void element(long value) {
        separate();
        text.append(value);
    }

    void endArray() {
        text.append(']');
    }

    void end() {
        text.append('}');
    }

    /** Ends the whole. */
    byte[] toBytes() {
        return text.append('}').toString().getBytes(UTF_8);
    }

    private void name(String name) {
        separate();
        quote(name);
        text.append(':');
    }

    private void separate() {
        char last = text.charAt(text.length() - 1);
        if (last != '{' && last != '[') {
            text.append(',');
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}

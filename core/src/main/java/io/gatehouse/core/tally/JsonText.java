package io.gatehouse.core.tally;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Digits;
import java.util.Arrays;

/** Writes the JSON of statistics, one record after another into the same memory. Single-threaded. */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
    /** The most that a byte of a text takes: {@code \u001f}. */
    private static final int ESCAPED_BYTES = 6;
    /** Beside a text: a comma, two quotation marks and a colon. */
    private static final int MARKS = 4;

    private byte[] bytes = new byte[1 << 10];
    private int at;

    /** Begins another record. */
    JsonText begin() {
        at = 0;
        bytes[at++] = '{';
        return this;
    }

    JsonText member(String name, long value) {
        return member(name.getBytes(UTF_8), value);
    }

    JsonText member(byte[] name, long value) {
        name(name);
        number(value);
        return this;
    }

    JsonText member(String name, String value) {
        return member(name, value.getBytes(UTF_8));
    }

    JsonText member(String name, byte[] value) {
        name(name.getBytes(UTF_8));
        quote(value);
        return this;
    }

    void memberIfCounted(String name, long count) {
        if (count > 0) {
            member(name, count);
        }
    }

    void memberIfCounted(byte[] name, long count) {
        if (count > 0) {
            member(name, count);
        }
    }

    void beginObject(String name) {
        name(name.getBytes(UTF_8));
        put('{');
    }

    void beginArray(String name) {
        name(name.getBytes(UTF_8));
        put('[');
    }

    void beginArray() {
        separate();
        put('[');
    }

    void element(long value) {
        separate();
        number(value);
    }

    void endArray() {
        put(']');
    }

    void end() {
        put('}');
    }

    /** Ends the whole. */
    byte[] toBytes() {
        put('}');
        return Arrays.copyOf(bytes, at);
    }

    private void name(byte[] name) {
        separate();
        quote(name);
        put(':');
    }

    private void separate() {
        byte last = bytes[at - 1];
        if (last != '{' && last != '[') {
            put(',');
        }
    }

    private void quote(byte[] text) {
        reserve(ESCAPED_BYTES * text.length + MARKS);
        bytes[at++] = '"';
        for (byte b : text) {
            if (b == '"' || b == '\\') {
                bytes[at++] = '\\';
                bytes[at++] = b;
            } else if (b >= 0 && b < ' ') {
                bytes[at++] = '\\';
                bytes[at++] = 'u';
                bytes[at++] = '0';
                bytes[at++] = '0';
                bytes[at++] = HEX[b >>> 4];
                bytes[at++] = HEX[b & 0xF];
            } else {
                bytes[at++] = b;
            }
        }
        bytes[at++] = '"';
    }

    private void number(long value) {
        reserve(Digits.MAX_BYTES);
        at = Digits.write(value, bytes, at);
    }

    private void put(char mark) {
        reserve(1);
        bytes[at++] = (byte) mark;
    }

    private void reserve(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(at + more, 2 * bytes.length));
        }
    }
}

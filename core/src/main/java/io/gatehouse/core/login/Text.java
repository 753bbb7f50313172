package io.gatehouse.core.login;

import java.util.Arrays;

/**
 * A decoded string field: a range of UTF-8 bytes without escapes. Absent (JSON null or no such member) is told apart from
 * empty. Reused from event to event.
 */
public final class Text {
    private static final int ABSENT = -1;

    /** Knows the array: if each text held it, each would pay for storing a reference, which is dear under G1. */
    private final Login login;

    private int from = ABSENT;
    private int to = ABSENT;

    Text(Login login) {
        this.login = login;
    }

    public boolean isPresent() {
        return from != ABSENT;
    }

    /** The array that holds the text; meaningless when absent. */
    public byte[] bytes() {
        return login.text();
    }

    /** Index of the first byte. */
    public int from() {
        return from;
    }

    /** Index after the last byte. */
    public int to() {
        return to;
    }

    /** The text's bytes as an array: {@code candidate}, which may be null, where that holds the same; else a copy. */
    public byte[] bytesOr(byte[] candidate) {
        if (candidate != null && Arrays.equals(candidate, 0, candidate.length, bytes(), from, to)) {
            return candidate;
        }
        return Arrays.copyOfRange(bytes(), from, to);
    }

    public int lengthBytes() {
        return to - from;
    }

    void set(int start, int end) {
        from = start;
        to = end;
    }

    void clear() {
        set(ABSENT, ABSENT);
    }
}

package io.gatehouse.core.login;

/**
 * A decoded string field: a range of UTF-8 bytes without escapes, either inside the event's own value or in an array of
 * its own. Absent (JSON null or no such member) is told apart from empty. Reused from event to event.
 */
public final class Text {
    private byte[] bytes;
    private int from;
    private int to;

    public boolean isPresent() {
        return bytes != null;
    }

    /** The array that holds the text; null when absent. */
    public byte[] bytes() {
        return bytes;
    }

    /** Index of the first byte. */
    public int from() {
        return from;
    }

    /** Index after the last byte. */
    public int to() {
        return to;
    }

    public int lengthBytes() {
        return to - from;
    }

    void set(byte[] source, int start, int end) {
        bytes = source;
        from = start;
        to = end;
    }

    void clear() {
        bytes = null;
        from = 0;
        to = 0;
    }
}

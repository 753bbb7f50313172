package io.gatehouse.core.login;

/** One field as it was found: its kind, and for strings (unescaped, UTF-8) and numbers where its bytes lie. */
final class Member {
    private Kind kind = Kind.ABSENT;
    private byte[] bytes;
    private int from;
    private int to;

    Kind kind() {
        return kind;
    }

    boolean isAbsentOrNull() {
        return kind == Kind.ABSENT || kind == Kind.NULL;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int lengthBytes() {
        return to - from;
    }

    void set(Kind found, byte[] source, int start, int end) {
        kind = found;
        bytes = source;
        from = start;
        to = end;
    }

    void clear() {
        set(Kind.ABSENT, null, 0, 0);
    }
}

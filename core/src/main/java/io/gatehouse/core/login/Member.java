package io.gatehouse.core.login;

/**
 * One field as it was found: its kind, and for strings (unescaped, UTF-8) and numbers where its bytes lie, in the value
 * or in {@link Members#unescaped()}.
 *
 * <p>No references here: storing one in an object as old as this costs a memory fence under G1, and seven fields of each
 * event would pay it.
 */
final class Member {
    private int kind = Kind.ABSENT.ordinal();
    private int from;
    private int to;

    Kind kind() {
        return Kind.of(kind);
    }

    boolean isAbsent() {
        return kind == Kind.ABSENT.ordinal();
    }

    boolean isAbsentOrNull() {
        return kind <= Kind.NULL.ordinal();
    }

    boolean isString() {
        return kind == Kind.STRING.ordinal();
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

    void set(Kind found, int start, int end) {
        kind = found.ordinal();
        from = start;
        to = end;
    }

    void clear() {
        set(Kind.ABSENT, 0, 0);
    }
}

package io.gatehouse.core.login;

/**
 * What a decoder found in a well-formed event, before any field is judged. Both decoders fill it, and one
 * {@link Validator} reads it, so that the rules for fields exist once.
 */
final class Members {
    private static final Field[] FIELDS = Field.values();

    private final Member[] byField = new Member[FIELDS.length];
    private byte[] unescaped;
    private int open;
    private int end;

    Members() {
        for (Field field : FIELDS) {
            byField[field.ordinal()] = new Member();
        }
    }

    Member of(Field field) {
        return byField[field.ordinal()];
    }

    /** What the fields' bytes lie in when that is not the event's own value; null when it is. */
    byte[] unescaped() {
        return unescaped;
    }

    /** Index of the object's opening brace. */
    int open() {
        return open;
    }

    /** Index after the last byte of the object's last member. */
    int end() {
        return end;
    }

    void setUnescaped(byte[] fieldBytes) {
        unescaped = fieldBytes;
    }

    void setOpen(int index) {
        open = index;
    }

    void setEnd(int index) {
        end = index;
    }

    void clear() {
        for (Member member : byField) {
            member.clear();
        }
        unescaped = null;
        open = 0;
        end = 0;
    }
}

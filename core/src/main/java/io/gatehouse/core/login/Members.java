package io.gatehouse.core.login;

/**
 * What a decoder found in a well-formed event, before any field is judged. Both decoders fill it, and one
 * {@link Validator} reads it, so that the rules for fields exist once.
 */
final class Members {
    private static final Field[] FIELDS = Field.values();

    private final Member[] byField = new Member[FIELDS.length];
    private byte[] text;
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

    /** The array that all fields' bytes lie in: the event's own value, or another one when there was something to unescape. */
    byte[] text() {
        return text;
    }

    /** Index of the object's opening brace. */
    int open() {
        return open;
    }

    /** Index after the last byte of the object's last member. */
    int end() {
        return end;
    }

    void setText(byte[] fieldBytes) {
        text = fieldBytes;
    }

    void setBounds(int openIndex, int endIndex) {
        open = openIndex;
        end = endIndex;
    }

    void clear() {
        for (Member member : byField) {
            member.clear();
        }
        setBounds(0, 0);
    }
}

package io.gatehouse.core.login;

/**
 * How the members that Gatehouse reads began in earlier events, from the name's opening quote to before the value. One
 * program makes all of a producer's events, so the next event's members mostly begin with the same bytes in the same
 * order, and comparing two words then says all that reading the name would.
 */
final class Spelling {
    /** Members after the first so many are read without it. */
    private static final int MEMBERS = 16;
    /** Two words, which overlap, hold a whole beginning of up to so many bytes. */
    private static final int MAX_BYTES = 2 * Words.BYTES;

    private static final Field[] FIELDS = Field.values();

    private final Beginning[] beginnings = new Beginning[MEMBERS];

    Spelling() {
        for (int i = 0; i < MEMBERS; i++) {
            beginnings[i] = new Beginning();
        }
    }

    /** Whether the event's member of that number, which is at {@code pos}, begins as it did before. */
    boolean isThat(int ordinal, byte[] value, int pos) {
        // What is too near to the event's end to be read by the word is left to others.
        return ordinal < MEMBERS && pos + MAX_BYTES <= value.length && beginnings[ordinal].isAt(value, pos);
    }

    /** The field that the member is of. */
    Field field(int ordinal) {
        return FIELDS[beginnings[ordinal].field];
    }

    /** From the name's opening quote to before the value. */
    int lengthBytes(int ordinal) {
        return beginnings[ordinal].lengthBytes;
    }

    /** Remembers how a member began: at {@code pos}, with its value at {@code start}. */
    void learn(int ordinal, byte[] value, int pos, int start, Field field) {
        if (ordinal < MEMBERS && start - pos <= MAX_BYTES && pos + MAX_BYTES <= value.length) {
            beginnings[ordinal].set(value, pos, start - pos, field);
        }
    }

    /** The first bytes and the last bytes of a beginning; of one shorter than a word, twice all there are. */
    private static final class Beginning {
        private int field;
        private int lengthBytes;
        /** Which bits of a word belong to it. */
        private long mask;

        private int tailAt;
        private long head;
        private long tail;

        private void set(byte[] value, int pos, int length, Field of) {
            field = of.ordinal();
            lengthBytes = length;
            mask = length < Words.BYTES ? (1L << length * Byte.SIZE) - 1 : -1;
            tailAt = Math.max(0, length - Words.BYTES);
            head = Words.at(value, pos) & mask;
            tail = Words.at(value, pos + tailAt) & mask;
        }

        private boolean isAt(byte[] value, int pos) {
            return lengthBytes > 0
                    && (Words.at(value, pos) & mask) == head
                    && (Words.at(value, pos + tailAt) & mask) == tail;
        }
    }
}

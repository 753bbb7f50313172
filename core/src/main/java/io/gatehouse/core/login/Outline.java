package io.gatehouse.core.login;

/**
 * What stands between the values of an event that was read before: names, colons, commas, quotes, white space. One program
 * makes all of a producer's events, so the next event mostly has the same outline; comparing it by the word then says all
 * that reading it would.
 *
 * <p>It knows events whose values are strings and whole numbers alone. Of these it takes back those that it finds in the
 * same places: printable ASCII without escapes, and digits. All else is left to others.
 */
final class Outline {
    private static final int NOT_OURS = -1;
    private static final Field[] FIELDS = Field.values();
    /** As many as the scanner accepts, and never more. */
    private static final int MAX_MEMBERS = FIELDS.length + FastScanner.MAX_UNKNOWN_NAMES;

    /** By member: what stands before its value. */
    private final Part[] parts = new Part[MAX_MEMBERS];
    /** By member: the field's number, or {@link #NOT_OURS}. */
    private final int[] fields = new int[MAX_MEMBERS];

    private final boolean[] isString = new boolean[MAX_MEMBERS];
    /** From the event's beginning. */
    private int open;
    /** 0 when nothing was learned. */
    private int members;

    private int learned;
    private int valueEnd;
    private boolean isLearnable;

    Outline() {
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part();
        }
    }

    /**
     * Reads an event of this outline, which lies between two indexes.
     *
     * @param into empty
     * @return false for every other event; then nothing in {@code into} is valid
     */
    boolean read(byte[] value, int from, int limit, Members into) {
        int pos = from;
        for (int i = 0; i < members; i++) {
            if (!parts[i].isAt(value, pos, limit)) {
                return false;
            }
            int start = pos + parts[i].lengthBytes;
            pos = isString[i]
                    ? Words.plainEnd(value, start, limit, Words.TOP_BITS)
                    : Scalars.integerEnd(value, start, limit);
            if (pos == Scalars.NONE) {
                return false;
            }
            if (fields[i] != NOT_OURS) {
                into.of(FIELDS[fields[i]]).set(isString[i] ? Kind.STRING : Kind.INTEGER, start, pos);
            }
        }
        into.setOpen(from + open);
        return members > 0 && isEnd(value, pos, limit, into);
    }

    /** Whether nothing comes after the last value but the object's end. */
    private boolean isEnd(byte[] value, int valueEndsAt, int limit, Members into) {
        int end = valueEndsAt;
        if (isString[members - 1]) {
            if (Scalars.byteAt(value, end, limit) != '"') {
                return false;
            }
            end++;
        }
        into.setEnd(end);
        int close = Scalars.whiteSpaceEnd(value, end, limit);
        return Scalars.byteAt(value, close, limit) == '}' && Scalars.whiteSpaceEnd(value, close + 1, limit) == limit;
    }

    /**
     * Begins to learn an event's outline instead of this one, member by member.
     *
     * @param from where the event begins
     * @param openIndex of its opening brace
     */
    void begin(int from, int openIndex) {
        members = 0;
        open = openIndex - from;
        learned = 0;
        valueEnd = from;
        isLearnable = true;
    }

    /**
     * Learns the next member of an event.
     *
     * @param field null for a member that Gatehouse does not read
     * @param start of the value, with its opening quote
     * @param end index after the value
     * @param limit index after the event
     */
    void add(byte[] value, Field field, int start, int end, int limit) {
        boolean string = value[start] == '"';
        boolean isPlain = string
                ? Words.plainEnd(value, start + 1, limit, Words.TOP_BITS) == end - 1
                : Scalars.integerEnd(value, start, limit) == end;
        int partEnd = string ? start + 1 : start;
        isLearnable &= isPlain && parts[learned].set(value, valueEnd, partEnd, limit);
        if (isLearnable) {
            isString[learned] = string;
            fields[learned] = field == null ? NOT_OURS : field.ordinal();
            valueEnd = string ? end - 1 : end;
            learned++;
        }
    }

    /** The event was read to its end: from here on, its outline is known. False when it cannot be. */
    boolean end() {
        members = isLearnable ? learned : 0;
        return members > 0;
    }

    /** A part of the outline: up to three words, which overlap, or a part of one. */
    private static final class Part {
        private static final int MAX_BYTES = 3 * Words.BYTES;

        private int lengthBytes;
        /** So many bytes are read to compare it. */
        private int reach;

        private int middleAt;
        private int tailAt;
        /** Which bits of a word belong to it. */
        private long mask;

        private long head;
        private long middle;
        private long tail;

        /** Takes a part of an event; false when it is too long, or too near to the event's end to be read by the word. */
        private boolean set(byte[] value, int from, int to, int limit) {
            lengthBytes = to - from;
            reach = Math.max(lengthBytes, Words.BYTES);
            if (lengthBytes > MAX_BYTES || from + reach > limit) {
                return false;
            }
            tailAt = reach - Words.BYTES;
            middleAt = Math.min(Words.BYTES, tailAt);
            mask = lengthBytes < Words.BYTES ? (1L << lengthBytes * Byte.SIZE) - 1 : -1;
            head = Words.at(value, from) & mask;
            middle = Words.at(value, from + middleAt) & mask;
            tail = Words.at(value, from + tailAt) & mask;
            return true;
        }

        private boolean isAt(byte[] value, int pos, int limit) {
            return pos + reach <= limit
                    && ((Words.at(value, pos) & mask ^ head)
                                    | (Words.at(value, pos + middleAt) & mask ^ middle)
                                    | (Words.at(value, pos + tailAt) & mask ^ tail))
                            == 0;
        }
    }
}

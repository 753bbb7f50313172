package io.gatehouse.core.login;

import java.util.Arrays;

/**
 * What leads to a member's value in events that were read before: brace or comma, name, colon, and the white space around
 * them. One program makes all of a producer's events, so that the same leads come again and again, mostly in the same
 * order; comparing them by the word says all that reading them would.
 *
 * <p>A lead remembers which ones followed it: the members of all kinds of events are a small graph, through which each
 * event finds its own way.
 */
final class Lead {
    /** More kinds than this of going on take turns. */
    private static final int MAX_FOLLOWERS = 4;

    private static final int MAX_BYTES = 3 * Words.BYTES;
    private static final int NOT_OURS = -1;
    private static final Field[] FIELDS = Field.values();

    private final Lead[] followers = new Lead[MAX_FOLLOWERS];
    private int known;
    /** Which of them came last. */
    private int latest;

    private int lengthBytes;
    /** Where the name is, from the lead's beginning. */
    private int nameFrom;

    private int nameTo;
    private int field = NOT_OURS;

    /** So many bytes are read to compare it: up to three words, which overlap, or a part of one. */
    private int reach;

    private int middleAt;
    private int tailAt;
    /** Which bits of a word belong to it. */
    private long mask;

    private long head;
    private long middle;
    private long tail;

    /** Index of the value that this one leads to, where it begins at {@code pos}. */
    int valueAt(int pos) {
        return pos + lengthBytes;
    }

    /** Where the name begins, after its quote. */
    int nameFrom(int pos) {
        return pos + nameFrom;
    }

    /** Where the name ends. */
    int nameTo(int pos) {
        return pos + nameTo;
    }

    /** Which field's value it leads to; null for one that Gatehouse does not read. */
    Field field() {
        return field == NOT_OURS ? null : FIELDS[field];
    }

    /** Describes a lead that begins at {@code from}; the other indexes are of the same value. */
    void describe(int from, int nameFromIndex, int nameToIndex, int valueIndex, Field newField) {
        lengthBytes = valueIndex - from;
        nameFrom = nameFromIndex - from;
        nameTo = nameToIndex - from;
        field = newField == null ? NOT_OURS : newField.ordinal();
    }

    /**
     * Becomes one like the other, which was found at {@code from}, to be recognised from now on.
     *
     * @return false when it cannot: it is too long, or too near to the event's end to be read by the word
     */
    boolean learn(Lead found, byte[] value, int from, int limit) {
        reach = Math.max(found.lengthBytes, Words.BYTES);
        if (found.lengthBytes > MAX_BYTES || from + reach > limit) {
            return false;
        }
        lengthBytes = found.lengthBytes;
        nameFrom = found.nameFrom;
        nameTo = found.nameTo;
        field = found.field;
        tailAt = reach - Words.BYTES;
        middleAt = Math.min(Words.BYTES, tailAt);
        mask = lengthBytes < Words.BYTES ? (1L << lengthBytes * Byte.SIZE) - 1 : -1;
        head = Words.at(value, from) & mask;
        middle = Words.at(value, from + middleAt) & mask;
        tail = Words.at(value, from + tailAt) & mask;
        return true;
    }

    /** Whether the other, which was found at {@code from}, is the same. */
    boolean is(Lead found, byte[] value, int from, int limit) {
        return lengthBytes == found.lengthBytes && isAt(value, from, limit);
    }

    /** Whether the value has this lead at {@code pos}; white space may follow. */
    boolean isAt(byte[] value, int pos, int limit) {
        return pos + reach <= limit
                && ((Words.at(value, pos) & mask ^ head)
                                | (Words.at(value, pos + middleAt) & mask ^ middle)
                                | (Words.at(value, pos + tailAt) & mask ^ tail))
                        == 0;
    }

    /** The follower that stands at {@code pos}; null when none of those that are known does. */
    Lead next(byte[] value, int pos, int limit) {
        Lead expected = followers[latest];
        return expected != null && expected.isAt(value, pos, limit) ? expected : another(value, pos, limit);
    }

    private Lead another(byte[] value, int pos, int limit) {
        for (int i = 0; i < known; i++) {
            if (i != latest && followers[i].isAt(value, pos, limit)) {
                latest = i;
                return followers[i];
            }
        }
        return null;
    }

    /** Remembers a follower, in the place of an older one where there are as many as may be. */
    void follow(Lead follower) {
        latest = known < MAX_FOLLOWERS ? known++ : (latest + 1) % MAX_FOLLOWERS;
        followers[latest] = follower;
    }

    /** Forgets what followed it. */
    void forget() {
        Arrays.fill(followers, null);
        known = 0;
        latest = 0;
    }
}

package io.gatehouse.core.tally;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Words;
import java.util.Arrays;

/**
 * Numbers what is counted by name under one heading of a window: the first {@link #MOST} distinct names in order, all
 * others together, so that no producer can make it grow.
 */
final class Names {
    static final int MOST = 256;
    /** The number of all others, and of what is spelled like that. */
    static final int OTHER = MOST;

    /** Four times the names, so that a search ends soon; a slot holds a name's number plus one, or 0. */
    private static final int SLOTS = 4 * MOST;

    private static final int SLOT_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SLOTS);

    private static final byte[] OTHER_NAME = "other".getBytes(UTF_8);

    private final short[] slots = new short[SLOTS];
    private final byte[][] names = new byte[MOST][];
    /** The first bytes of each name, which are all of most versions and locales: so these are found without reading them. */
    private final long[] heads = new long[MOST];

    private final int[] lengths = new int[MOST];
    private int size;
    private int journaled;

    /** The number of a name, which is kept as it is: it must not change. */
    int numberOf(byte[] name) {
        int slot = slotOf(name, 0, name.length);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        return isOther(name, 0, name.length) ? OTHER : add(slot, name);
    }

    /** The number of a name that stands in a text. */
    int numberOf(byte[] text, int from, int to) {
        int slot = slotOf(text, from, to);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        return isOther(text, from, to) ? OTHER : add(slot, Arrays.copyOfRange(text, from, to));
    }

    /** Where a name is, or where there is room for it. */
    private int slotOf(byte[] text, int from, int to) {
        int lengthBytes = to - from;
        long head = Words.head(text, from, lengthBytes);
        for (int slot = hash(head, text, from, lengthBytes); ; slot = slot + 1 & SLOTS - 1) {
            int number = slots[slot] - 1;
            if (number < 0 || isThat(number, head, text, from, to)) {
                return slot;
            }
        }
    }

    private boolean isThat(int number, long head, byte[] text, int from, int to) {
        int lengthBytes = to - from;
        return heads[number] == head
                && lengths[number] == lengthBytes
                && (lengthBytes <= Words.BYTES || Arrays.equals(names[number], 0, lengthBytes, text, from, to));
    }

    private boolean isOther(byte[] text, int from, int to) {
        return size == MOST || Arrays.equals(OTHER_NAME, 0, OTHER_NAME.length, text, from, to);
    }

    private int add(int slot, byte[] name) {
        names[size] = name;
        heads[size] = Words.head(name, 0, name.length);
        lengths[size] = name.length;
        slots[slot] = (short) ++size;
        return size - 1;
    }

    /** Of the first and the last bytes and the length; where a producer makes them alike, a search takes 256 steps at most. */
    private static int hash(long head, byte[] text, int from, int lengthBytes) {
        long tail = lengthBytes <= Words.BYTES
                ? lengthBytes
                : Words.at(text, from + lengthBytes - Words.BYTES) + lengthBytes;
        return (int) ((head * 0x9E3779B97F4A7C15L ^ tail) * 0xC2B2AE3D27D4EB4FL >>> SLOT_SHIFT);
    }

    /** How many there are by name; their numbers are 0 to this less one. */
    int size() {
        return size;
    }

    /** In UTF-8; not to be changed. */
    byte[] name(int number) {
        return number == OTHER ? OTHER_NAME : names[number];
    }

    void clear() {
        Arrays.fill(slots, (short) 0);
        Arrays.fill(names, 0, size, null);
        size = 0;
        journaled = 0;
    }

    void forgetJournal() {
        journaled = 0;
    }

    /** Writes the names that the journal does not have, into a part that has been begun. */
    void drain(int heading, ImageWriter to) {
        for (; journaled < size; journaled++) {
            to.name(heading, journaled, names[journaled]);
        }
    }

    /** Takes over a name, which the journal has. */
    void restore(int number, byte[] name) {
        if (number > size) {
            throw new IllegalArgumentException("not an image of statistics: with a name before which one is missing");
        }
        if (number == size && numberOf(name) != number) {
            throw new IllegalArgumentException("not an image of statistics: with a name that is there already");
        }
        journaled = size;
    }
}

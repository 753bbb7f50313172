package io.gatehouse.reference;

/** Session ids, 16 to 32 bytes each: there may be millions. */
final class SessionIds {
    private static final int FIRST_SLOTS = 1 << 10;
    private static final int HEX = 16;

    /** An id lies at the first free slot from where its low bits point. 0 is free: one id of 2^64 is never found. */
    private long[] slots = new long[FIRST_SLOTS];

    private int size;

    /** @param id as {@link Session#id} tells it, not in yet */
    void add(String id) {
        long bits = bits(id);
        slots[slotOf(bits)] = bits;
        size++;
        if (size > slots.length / 2) {
            grow();
        }
    }

    boolean contains(String id) {
        return slots[slotOf(bits(id))] != 0;
    }

    int size() {
        return size;
    }

    private static long bits(String id) {
        return Long.parseUnsignedLong(id, HEX);
    }

    /** Where the id is, or would be. */
    private int slotOf(long bits) {
        int slot = (int) bits & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != bits) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long bits : old) {
            slots[slotOf(bits)] = bits;
        }
    }
}

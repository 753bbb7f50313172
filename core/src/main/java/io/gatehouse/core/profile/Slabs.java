package io.gatehouse.core.profile;

import java.util.Arrays;

/**
 * Memory for records of a few dozen to a few hundred bytes: slabs of 64 KiB, cut into blocks of whole 8-byte units, two at
 * least. A block is named by a reference in an int, so that the index stays small: the slab's number, then 13 bits for the
 * unit in it. Reference 0 is never given out.
 *
 * <p>A block freed is kept in the free list of its size, linked through its own bytes, and used again as it is or cut for
 * a smaller one. Blocks are never joined. Where sizes of users come and go in the same proportions, little is unused; where
 * all users grow, as they do when they come to have another device, what they leave is too small for anybody. So slabs
 * that are largely unused can be emptied: {@link #withdrawSparse} finds one, and who holds the references moves its records.
 *
 * <pre>
 * a block that is not in use
 * 0  1  0, which is no record's first byte
 * 1  1  length in units
 * 4  4  next free block of this length, 0 for none
 * 8  4  the one before, 0 for none
 * </pre>
 */
final class Slabs {
    static final int UNIT_BYTES = 8;
    /** A free block tells its length and its neighbours in the list. */
    static final int MIN_UNITS = 2;
    /** The longest block: {@link Image#MAX_BYTES} in units. */
    static final int MAX_UNITS = units(Image.MAX_BYTES);
    /** {@link #withdrawSparse} when no slab need be emptied. */
    static final int NONE = -1;

    static final int UNIT_BITS = 13;
    private static final int SLAB_UNITS = 1 << UNIT_BITS;
    private static final int SLAB_BYTES = SLAB_UNITS * UNIT_BYTES;
    /** As many as a reference can name: 32 GiB. */
    private static final int MAX_SLABS = 1 << Integer.SIZE - UNIT_BITS;
    /** A slab counts as sparse when this part of it is unused, and is worth emptying when this part of all is. */
    private static final int SPARSE_PART = 4;
    /** Slabs that are looked at to find a sparse one, so that a call ends soon; the next goes on behind them. */
    private static final int MOST_LOOKED_AT = 256;

    /** Null for one that was emptied. */
    private byte[][] slabs = new byte[4][];
    /** By slab: how many of its units are in free blocks. */
    private int[] freeUnits = new int[4];
    /** Numbers that have been given out; some may be of slabs that were emptied. */
    private int slabCount;

    private int[] emptied = new int[4];
    private int emptiedCount;
    /** The slab that new blocks are cut from, and where. */
    private int current;

    private int nextUnit = SLAB_UNITS;
    /** By length: up to what is left of a slab in which the longest block just does not fit. */
    private final int[] freeByUnits = new int[MAX_UNITS + MIN_UNITS];

    private long allFreeUnits;
    private int looking;

    static int units(int bytes) {
        return Math.max(MIN_UNITS, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }

    /** The array that holds a block. */
    byte[] slab(int ref) {
        return slabs[ref >>> UNIT_BITS];
    }

    /** Index of a block's first byte in its slab. */
    static int at(int ref) {
        return (ref & SLAB_UNITS - 1) * UNIT_BYTES;
    }

    /** Memory taken up. */
    long bytes() {
        return (long) inUse() * SLAB_BYTES;
    }

    private int inUse() {
        return slabCount - emptiedCount;
    }

    /**
     * A block of the given length; what is in it is left from its last use.
     *
     * @throws IllegalStateException when 32 GiB are in use
     */
    int allocate(int units) {
        int ref = freeByUnits[units];
        if (ref != 0) {
            unlink(ref);
            return ref;
        }
        if (!isCut(SLAB_UNITS - nextUnit, units)) {
            int larger = takeLarger(units);
            if (larger != 0) {
                return larger;
            }
            addSlab();
        }
        return bump(units);
    }

    /** Whether a block can be cut from so many units: what is left must be one, or nothing. */
    private static boolean isCut(int from, int units) {
        return from == units || from >= units + MIN_UNITS;
    }

    /** Gives a block back; nothing may refer to it any more. */
    void free(int ref, int units) {
        int next = freeByUnits[units];
        Image.writeFree(slab(ref), at(ref), units, next);
        if (next != 0) {
            Image.setPreviousFree(slab(next), at(next), ref);
        }
        freeByUnits[units] = ref;
        count(ref, units);
    }

    private void unlink(int ref) {
        byte[] slab = slab(ref);
        int at = at(ref);
        int units = Image.freeUnits(slab, at);
        int next = Image.nextFree(slab, at);
        int previous = Image.previousFree(slab, at);
        if (previous == 0) {
            freeByUnits[units] = next;
        } else {
            Image.setNextFree(slab(previous), at(previous), next);
        }
        if (next != 0) {
            Image.setPreviousFree(slab(next), at(next), previous);
        }
        count(ref, -units);
    }

    private void count(int ref, int units) {
        freeUnits[ref >>> UNIT_BITS] += units;
        allFreeUnits += units;
    }

    private int takeLarger(int units) {
        for (int larger = units + MIN_UNITS; larger < freeByUnits.length; larger++) {
            int ref = freeByUnits[larger];
            if (ref != 0) {
                unlink(ref);
                free(ref + units, larger - units);
                return ref;
            }
        }
        return 0;
    }

    private int bump(int units) {
        int ref = current << UNIT_BITS | nextUnit;
        nextUnit += units;
        return ref;
    }

    private void addSlab() {
        if (nextUnit < SLAB_UNITS) {
            int rest = SLAB_UNITS - nextUnit;
            free(bump(rest), rest);
        }
        current = emptiedCount > 0 ? emptied[--emptiedCount] : anotherNumber();
        slabs[current] = new byte[SLAB_BYTES];
        nextUnit = firstUnit(current);
    }

    private int anotherNumber() {
        if (slabCount == MAX_SLABS) {
            throw new IllegalStateException("the user table is full: " + MAX_SLABS + " slabs");
        }
        if (slabCount == slabs.length) {
            slabs = Arrays.copyOf(slabs, slabCount + (slabCount >> 1));
            freeUnits = Arrays.copyOf(freeUnits, slabs.length);
        }
        return slabCount++;
    }

    /** The first unit of all stays unused: its reference would be 0. */
    private static int firstUnit(int number) {
        return number == 0 ? 1 : 0;
    }

    /**
     * Withdraws the free blocks of a slab of which a fair part is unused, when so much of all is: nothing is allocated in
     * it any more. Its records are to be moved, and then it is to be {@link #drop dropped}.
     *
     * @return its number, or {@link #NONE}
     */
    int withdrawSparse() {
        if (allFreeUnits * SPARSE_PART <= (long) inUse() * SLAB_UNITS) {
            return NONE;
        }
        for (int i = 0; i < Math.min(slabCount, MOST_LOOKED_AT); i++) {
            looking = looking + 1 < slabCount ? looking + 1 : 0;
            if (looking != current && freeUnits[looking] * SPARSE_PART >= SLAB_UNITS) {
                withdraw(looking);
                return looking;
            }
        }
        return NONE;
    }

    private void withdraw(int number) {
        for (int ref = first(number); ref != 0; ref = next(ref)) {
            if (Image.kind(slab(ref), at(ref)) == Image.FREE) {
                unlink(ref);
            }
        }
    }

    /** The first block of a slab; each is a record, or free. */
    int first(int number) {
        return number << UNIT_BITS | firstUnit(number);
    }

    /** The block behind another in the same slab; 0 when it was the last. */
    int next(int ref) {
        byte[] slab = slab(ref);
        int at = at(ref);
        boolean isFree = Image.kind(slab, at) == Image.FREE;
        int next = ref + (isFree ? Image.freeUnits(slab, at) : units(Image.lengthBytes(slab, at)));
        return next >>> UNIT_BITS == ref >>> UNIT_BITS ? next : 0;
    }

    /** Gives the memory of a slab back in which no record is left. */
    void drop(int number) {
        slabs[number] = null;
        if (emptiedCount == emptied.length) {
            emptied = Arrays.copyOf(emptied, 2 * emptiedCount);
        }
        emptied[emptiedCount++] = number;
    }
}

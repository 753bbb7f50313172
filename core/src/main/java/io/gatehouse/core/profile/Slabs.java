package io.gatehouse.core.profile;

import java.util.Arrays;

/**
 * Memory for records of a few dozen to a few hundred bytes: slabs of 64 KiB, cut into blocks of whole 16-byte units. A
 * block is named by a reference in an int, so that the index stays small: the slab's number, then 12 bits for the unit
 * in it. Reference 0 is never given out.
 *
 * <p>A block freed is kept in the free list of its size, linked through its own bytes, and used again as it is or cut for
 * a smaller one. Blocks are never joined: sizes of users come and go in much the same proportions.
 *
 * <pre>
 * a block that is not in use
 * 0  1  0, which is no record's first byte
 * 1  1  length in units
 * 4  4  next free block of this length, 0 for none
 * </pre>
 */
final class Slabs {
    static final int UNIT_BYTES = 16;
    /** The longest block: {@link Image#MAX_BYTES} in units. */
    static final int MAX_UNITS = units(Image.MAX_BYTES);

    private static final int SLAB_UNITS = 1 << 12;
    private static final int SLAB_BYTES = SLAB_UNITS * UNIT_BYTES;
    /** As many as a reference can name: 64 GiB. */
    private static final int MAX_SLABS = 1 << 20;

    private byte[][] slabs = new byte[4][];
    private int slabCount;
    private int nextUnit = SLAB_UNITS;
    private final int[] freeByUnits = new int[MAX_UNITS + 1];

    static int units(int bytes) {
        return (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
    }

    /** The array that holds a block. */
    byte[] slab(int ref) {
        return slabs[ref >>> 12];
    }

    /** Index of a block's first byte in its slab. */
    static int at(int ref) {
        return (ref & SLAB_UNITS - 1) * UNIT_BYTES;
    }

    /**
     * A block of the given length; what is in it is left from its last use.
     *
     * @throws IllegalStateException when 64 GiB are in use
     */
    int allocate(int units) {
        int ref = freeByUnits[units];
        if (ref != 0) {
            freeByUnits[units] = Image.nextFree(slab(ref), at(ref));
            return ref;
        }
        if (nextUnit + units > SLAB_UNITS) {
            int larger = takeLarger(units);
            if (larger != 0) {
                return larger;
            }
            addSlab();
        }
        return bump(units);
    }

    /** Gives a block back; nothing may refer to it any more. */
    void free(int ref, int units) {
        Image.writeFree(slab(ref), at(ref), units, freeByUnits[units]);
        freeByUnits[units] = ref;
    }

    private int takeLarger(int units) {
        for (int larger = units + 1; larger <= MAX_UNITS; larger++) {
            int ref = freeByUnits[larger];
            if (ref != 0) {
                freeByUnits[larger] = Image.nextFree(slab(ref), at(ref));
                free(ref + units, larger - units);
                return ref;
            }
        }
        return 0;
    }

    private int bump(int units) {
        int ref = slabCount - 1 << 12 | nextUnit;
        nextUnit += units;
        return ref;
    }

    private void addSlab() {
        if (slabCount == MAX_SLABS) {
            throw new IllegalStateException("the user table is full: " + MAX_SLABS + " slabs");
        }
        if (nextUnit < SLAB_UNITS) {
            int rest = SLAB_UNITS - nextUnit;
            free(bump(rest), rest);
        }
        if (slabCount == slabs.length) {
            slabs = Arrays.copyOf(slabs, slabCount + (slabCount >> 1));
        }
        slabs[slabCount] = new byte[SLAB_BYTES];
        // The first unit of all stays unused: its reference would be 0.
        nextUnit = slabCount == 0 ? 1 : 0;
        slabCount++;
    }
}

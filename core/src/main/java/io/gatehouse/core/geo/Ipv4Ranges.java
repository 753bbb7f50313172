package io.gatehouse.core.geo;

/**
 * Ranges of IPv4 addresses, each from its start to the next one's, the first from 0.0.0.0.
 *
 * <pre>
 *   address   upper 16 bits ──► firstIn[u]..firstIn[u + 1]: the ranges that start in this /16
 *             lower 16 bits ──► binary search in lowerStart[]; the range before when all start later
 *   place[]   the place of each range, or NOWHERE
 * </pre>
 *
 * A /16 seldom has more than a few hundred starts, so a search reads one or two cache lines of each array.
 */
final class Ipv4Ranges {
    private static final int BLOCKS = 1 << 16;

    private final int[] firstIn = new int[BLOCKS + 1];
    private final char[] lowerStart;
    private final int[] place;
    private int size;
    private int indexed;
    private long lastStart = -1;

    Ipv4Ranges(int ranges) {
        lowerStart = new char[ranges];
        place = new int[ranges];
    }

    /** Adds a range; false when it does not start after the one before, or not within 32 bits, or the first not at 0. */
    boolean add(long start, int ofPlace) {
        if (start <= lastStart || start > 0xffffffffL || size == 0 && start != 0) {
            return false;
        }
        lastStart = start;
        int block = (int) (start >>> 16);
        while (indexed <= block) {
            firstIn[indexed++] = size;
        }
        lowerStart[size] = (char) start;
        place[size++] = ofPlace;
        return true;
    }

    /** Ends the adding. */
    void seal() {
        while (indexed <= BLOCKS) {
            firstIn[indexed++] = size;
        }
    }

    int find(long address) {
        return size == 0 ? GeoTable.NOWHERE : place[indexOf(address)];
    }

    /** The first address of the range that holds this one; 0 when there are no ranges. */
    long firstOf(long address) {
        return size == 0 ? 0 : startOf(indexOf(address));
    }

    /** The last address of the range that holds this one. */
    long lastOf(long address) {
        int next = size == 0 ? 0 : indexOf(address) + 1;
        return next == size ? 0xffffffffL : startOf(next) - 1;
    }

    private long startOf(int range) {
        return (long) Blocks.holding(range, firstIn) << 16 | lowerStart[range];
    }

    private int indexOf(long address) {
        int block = (int) (address >>> 16);
        int lower = (int) address & 0xffff;
        int at = firstIn[block] - 1;
        int candidates = firstIn[block + 1] - at;
        while (candidates > 1) {
            int half = candidates >>> 1;
            at = lowerStart[at + half] <= lower ? at + half : at;
            candidates -= half;
        }
        return at;
    }
}

package io.gatehouse.core.geo;

import java.util.Arrays;

/**
 * Ranges of IPv6 networks of 64 bits, each from its start to the next one's, the first from {@code ::}.
 *
 * <pre>
 *   upper 16 bits ──► firstPrefix[u]..firstPrefix[u + 1]: the /32 prefixes in this /16 in which ranges start
 *   next 16 bits  ──► binary search in prefix[]; all starts lie in some tens of thousands of them
 *   next 32 bits  ──► firstRange[p]..firstRange[p + 1]: binary search in lowerStart[]; the range before when all start
 *                     later, the last one when no range starts in the address's own /32
 *   place[]           the place of each range, or NOWHERE
 * </pre>
 *
 * The prefixes stay in a core's second-level cache, and the starts take four bytes instead of eight.
 */
final class Ipv6Ranges {
    private static final int BLOCKS = 1 << 16;
    private static final int FIRST_PREFIXES = 1 << 10;

    private final int[] firstPrefix = new int[BLOCKS + 1];
    private char[] prefix = new char[FIRST_PREFIXES];
    private int[] firstRange = new int[FIRST_PREFIXES];
    private int prefixes;
    /** Biased, so that signed comparison orders them. */
    private final int[] lowerStart;

    private final int[] place;
    private int size;
    private int indexed;
    private long lastStart;

    Ipv6Ranges(int ranges) {
        lowerStart = new int[ranges];
        place = new int[ranges];
    }

    /** Adds a range; false when it does not start after the one before, or the first not at 0. */
    boolean add(long start, int ofPlace) {
        if (size == 0 ? start != 0 : Long.compareUnsigned(start, lastStart) <= 0) {
            return false;
        }
        if (size == 0 || start >>> 32 != lastStart >>> 32) {
            addPrefix((int) (start >>> 32));
        }
        lastStart = start;
        lowerStart[size] = biased(start);
        place[size++] = ofPlace;
        return true;
    }

    /** Ends the adding. */
    void seal() {
        while (indexed <= BLOCKS) {
            firstPrefix[indexed++] = prefixes;
        }
        prefix = Arrays.copyOf(prefix, prefixes);
        firstRange = Arrays.copyOf(firstRange, prefixes + 1);
        firstRange[prefixes] = size;
    }

    int find(long network) {
        return size == 0 ? GeoTable.NOWHERE : place[indexOf(network)];
    }

    /** The first network of the range that holds this one; 0 when there are no ranges. */
    long firstOf(long network) {
        return size == 0 ? 0 : startOf(indexOf(network));
    }

    /** The last network of the range that holds this one. */
    long lastOf(long network) {
        int next = size == 0 ? 0 : indexOf(network) + 1;
        return next == size ? -1 : startOf(next) - 1;
    }

    private long startOf(int range) {
        int inPrefix = Blocks.holding(range, firstRange);
        return (long) Blocks.holding(inPrefix, firstPrefix) << 48
                | (long) prefix[inPrefix] << 32
                | Integer.toUnsignedLong(lowerStart[range] ^ Integer.MIN_VALUE);
    }

    private int indexOf(long network) {
        int block = (int) (network >>> 48);
        int wanted = (int) (network >>> 32) & 0xffff;
        int inPrefix = firstPrefix[block] - 1;
        int candidates = firstPrefix[block + 1] - inPrefix;
        while (candidates > 1) {
            int half = candidates >>> 1;
            inPrefix = prefix[inPrefix + half] <= wanted ? inPrefix + half : inPrefix;
            candidates -= half;
        }
        boolean own = inPrefix >= firstPrefix[block] && prefix[inPrefix] == wanted;
        return own ? search(inPrefix, biased(network)) : firstRange[inPrefix + 1] - 1;
    }

    /** The last range that starts in a /32 and not after the wanted bits, or the one before them all. */
    private int search(int inPrefix, int wanted) {
        int at = firstRange[inPrefix] - 1;
        int candidates = firstRange[inPrefix + 1] - at;
        while (candidates > 1) {
            int half = candidates >>> 1;
            at = lowerStart[at + half] <= wanted ? at + half : at;
            candidates -= half;
        }
        return at;
    }

    private void addPrefix(int upper) {
        int block = upper >>> 16;
        while (indexed <= block) {
            firstPrefix[indexed++] = prefixes;
        }
        if (prefixes + 1 >= prefix.length) {
            prefix = Arrays.copyOf(prefix, prefix.length * 2);
            firstRange = Arrays.copyOf(firstRange, firstRange.length * 2);
        }
        prefix[prefixes] = (char) upper;
        firstRange[prefixes++] = size;
    }

    private static int biased(long network) {
        return (int) network ^ Integer.MIN_VALUE;
    }
}

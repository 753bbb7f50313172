package io.gatehouse.lab.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the records of a run lie in its topic, by their number in the run: 8 bytes each. Not thread-safe. */
public final class InputPlaces {
    /** Of a record that is not known to lie anywhere. */
    public static final long NOWHERE = -1;

    /** Of a record that lies somewhere. */
    public static final long SOMEWHERE = -2;

    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;

    /** Beyond any partition's end: a thousand records a second for 8,000 years. */
    private static final int OFFSET_BITS = 48;

    private static final long OFFSETS = 1L << OFFSET_BITS;

    private final List<long[]> pages = new ArrayList<>();

    /** The place of an offset; {@link #SOMEWHERE} when that is negative. */
    public static long of(int partition, long offset) {
        return offset < 0 ? SOMEWHERE : partition * OFFSETS + offset;
    }

    /** Partition and offset, for people. */
    public static String text(long place) {
        return place / OFFSETS + "@" + place % OFFSETS;
    }

    /** @param seq from 0 on; what lies between the numbers that are put is paid for, too */
    public void put(long seq, long place) {
        int page = (int) (seq >>> PAGE_BITS);
        while (pages.size() <= page) {
            long[] next = new long[PAGE];
            Arrays.fill(next, NOWHERE);
            pages.add(next);
        }
        pages.get(page)[(int) seq & PAGE - 1] = place;
    }

    /** {@link #NOWHERE} where none was put. */
    public long get(long seq) {
        int page = (int) (seq >>> PAGE_BITS);
        return page < pages.size() ? pages.get(page)[(int) seq & PAGE - 1] : NOWHERE;
    }
}

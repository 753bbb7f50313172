package io.gatehouse.engine.replay;

import java.util.HashMap;
import java.util.Map;

/** Offsets of a partition: a bit for each, in pages of 64 Ki offsets (8 KiB) that are there only where any is in. */
final class OffsetSet {
    private static final int PAGE_BITS = 16;
    private static final int WORD_BITS = 6;
    private static final int PAGE_WORDS = 1 << PAGE_BITS - WORD_BITS;

    private final Map<Long, long[]> pages = new HashMap<>();

    /** Adds offsets from the first to the last one. */
    void add(long first, long last) {
        for (long offset = first; offset <= last; offset++) {
            long[] page = pages.computeIfAbsent(offset >>> PAGE_BITS, number -> new long[PAGE_WORDS]);
            page[word(offset)] |= 1L << offset;
        }
    }

    boolean contains(long offset) {
        long[] page = pages.get(offset >>> PAGE_BITS);
        return page != null && (page[word(offset)] & 1L << offset) != 0;
    }

    private static int word(long offset) {
        return (int) (offset >>> WORD_BITS) & PAGE_WORDS - 1;
    }
}

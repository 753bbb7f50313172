package io.gatehouse.reference;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Offsets of a partition: a bit for each, in pages that are there only where any is in. */
final class Offsets {
    /** 64 Ki offsets, at most 8 KiB: one that is claimed by mistake, however large, costs no more. */
    private static final int PAGE_BITS = 16;

    private static final int IN_PAGE = (1 << PAGE_BITS) - 1;

    private final Map<Long, BitSet> pages = new HashMap<>();

    /** Whether it was not in already. */
    boolean add(long offset) {
        BitSet page = pages.computeIfAbsent(offset >>> PAGE_BITS, number -> new BitSet());
        int bit = (int) offset & IN_PAGE;
        boolean isNew = !page.get(bit);
        page.set(bit);
        return isNew;
    }
}

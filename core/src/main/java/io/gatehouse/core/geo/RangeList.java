package io.gatehouse.core.geo;

import java.util.Arrays;

/** Ranges in ascending order without gaps, each of a place or of none; neighbours differ. All numbers are unsigned. */
final class RangeList {
    private final long lastPossible;
    private long[] start = new long[1 << 10];
    private int[] place = new int[1 << 10];
    private int size;
    private boolean full;
    /** The first number that no range covers yet; meaningless when full. */
    private long next;

    RangeList(long lastPossible) {
        this.lastPossible = lastPossible;
    }

    void add(long first, long last, int ofPlace) {
        if (full
                || Long.compareUnsigned(first, next) < 0
                || Long.compareUnsigned(last, first) < 0
                || Long.compareUnsigned(last, lastPossible) > 0) {
            throw new IllegalArgumentException("range " + Long.toHexString(first) + " to " + Long.toHexString(last)
                    + " is empty, beyond the end or not behind the ones before");
        }
        if (first != next) {
            append(next, GeoTable.NOWHERE);
        }
        append(first, ofPlace);
        full = last == lastPossible;
        next = last + 1;
    }

    /** Covers what is left with no place; a list to which nothing was added stays empty. */
    void close() {
        if (size > 0 && !full) {
            append(next, GeoTable.NOWHERE);
            full = true;
        }
    }

    int size() {
        return size;
    }

    long start(int range) {
        return start[range];
    }

    int place(int range) {
        return place[range];
    }

    private void append(long at, int ofPlace) {
        if (size > 0 && place[size - 1] == ofPlace) {
            return;
        }
        if (size == start.length) {
            start = Arrays.copyOf(start, size * 2);
            place = Arrays.copyOf(place, size * 2);
        }
        start[size] = at;
        place[size++] = ofPlace;
    }
}

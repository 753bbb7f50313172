package io.gatehouse.core.tally;

import java.util.Arrays;

/** Numbered counters that know which of them the journal does not have as they are. */
final class Counts {
    private final long[] counts;
    /** What the journal has. Compared word by word when a transaction commits: cheaper than marking each change. */
    private final long[] journaled;

    Counts(int size) {
        counts = new long[size];
        journaled = new long[size];
    }

    long get(int index) {
        return counts[index];
    }

    void increment(int index) {
        counts[index]++;
    }

    void set(int index, long count) {
        counts[index] = count;
    }

    /** The sum of some that lie side by side. */
    long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(journaled, 0);
    }

    /** From here on the journal counts as empty. */
    void forgetJournal() {
        Arrays.fill(journaled, 0);
    }

    /** Writes those that the journal does not have. */
    void drain(ImageWriter to) {
        to.begin(ImageFormat.COUNTS);
        for (int i = nextChanged(0); i < counts.length; i = nextChanged(i + 1)) {
            to.count(i, counts[i]);
            journaled[i] = counts[i];
        }
        to.end();
    }

    private int nextChanged(int from) {
        int at = Arrays.mismatch(counts, from, counts.length, journaled, from, journaled.length);
        return at < 0 ? counts.length : from + at;
    }

    /** Takes over what the journal has. */
    void restore(int index, long count) {
        if (index >= counts.length || count < 0) {
            throw new IllegalArgumentException("not an image of statistics: with a count that there is not");
        }
        counts[index] = count;
        journaled[index] = count;
    }
}

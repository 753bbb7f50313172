package io.gatehouse.core.tally;

/** The buckets of processing delays: 1, 2 and 5 times the powers of ten up to 1,000,000 ms, and one for more. */
final class DelayBuckets {
    static final int COUNT = 20;

    private static final long[] UPPER_MS = upperBounds();
    /** By the number of binary digits of a delay less one: the bucket of the shortest such delay. */
    private static final byte[] FIRST = new byte[Long.SIZE];

    static {
        for (int digits = 1; digits < FIRST.length; digits++) {
            FIRST[digits] = (byte) search(1L << digits - 1);
        }
    }

    private DelayBuckets() {}

    private static long[] upperBounds() {
        long[] bounds = new long[COUNT];
        long power = 1;
        for (int i = 0; i < COUNT - 1; i++) {
            bounds[i] = power * (i % 3 == 0 ? 1 : i % 3 == 1 ? 2 : 5);
            power *= i % 3 == 2 ? 10 : 1;
        }
        bounds[COUNT - 1] = Long.MAX_VALUE;
        return bounds;
    }

    private static int search(long delayMs) {
        int bucket = 0;
        while (delayMs > UPPER_MS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** The first bucket that a delay does not exceed. */
    static int of(long delayMs) {
        if (delayMs <= 1) {
            return 0;
        }
        int bucket = FIRST[Long.SIZE - Long.numberOfLeadingZeros(delayMs)];
        // Doubling passes no more than two bounds.
        while (delayMs > UPPER_MS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    static String name(int bucket) {
        return bucket == COUNT - 1 ? "more" : Long.toString(UPPER_MS[bucket]);
    }
}

package io.gatehouse.core.geo;

/** Finds in which of many blocks something lies, by the numbers of the first thing in each. */
final class Blocks {
    private Blocks() {}

    /**
     * The block that holds a number.
     *
     * @param firsts the first number in each block, never falling; at the end one more than the last number of all
     */
    static int holding(int number, int[] firsts) {
        int from = 0;
        int to = firsts.length - 1;
        while (from < to) {
            int middle = from + to + 1 >>> 1;
            if (firsts[middle] <= number) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from;
    }
}

package io.gatehouse.engine.lag;

/**
 * How long the last stable offset of a partition has stood still although records lie behind it. While it stands, it is one
 * transaction that holds it: it moves as soon as that ends. So two looks are enough, however far apart.
 */
final class StuckOffset {
    private long offset = -1;
    private long sinceNs;
    private long atNs;
    private boolean isHeld;

    void look(long nowNs, long stableEnd, long end) {
        boolean isHeldNow = end > stableEnd;
        if (!isHeld || !isHeldNow || stableEnd != offset) {
            sinceNs = nowNs;
        }
        offset = stableEnd;
        isHeld = isHeldNow;
        atNs = nowNs;
    }

    /** Nanoseconds up to the last look; 0 when it is not stuck. */
    long stuckNs() {
        return atNs - sinceNs;
    }
}

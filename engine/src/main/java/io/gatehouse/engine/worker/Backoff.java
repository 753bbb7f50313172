package io.gatehouse.engine.worker;

/** When to try again: at doubling intervals up to a bound. */
final class Backoff {
    private final long firstNs;
    private final long longestNs;
    private long intervalNs;
    private long untilNs;
    private boolean waiting;

    Backoff(long firstNs, long longestNs) {
        this.firstNs = firstNs;
        this.longestNs = longestNs;
        this.intervalNs = firstNs;
    }

    void failed(long nowNs) {
        untilNs = nowNs + intervalNs;
        intervalNs = Math.min(longestNs, intervalNs * 2);
        waiting = true;
    }

    boolean isOver(long nowNs) {
        return !waiting || nowNs - untilNs >= 0;
    }

    void succeeded() {
        intervalNs = firstNs;
        waiting = false;
    }
}

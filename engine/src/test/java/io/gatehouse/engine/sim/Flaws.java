package io.gatehouse.engine.sim;

/**
 * Guarantees that the simulated Kafka and its clients can be told to break. The engine rests on each of them, so histories
 * in which one is broken must sooner or later be found out: that is how the proof itself is tested.
 *
 * @param unstableOffsets committed offsets are answered although a transaction that moves them is pending
 * @param committedEnd the journal's end is answered as a committed reader sees it
 * @param unfencedOffsets offsets are taken from members that the group has expelled
 * @param dirtyReads the journal's readers see aborted records
 * @param lostResults a transaction commits although a record that is none of the journal's is lost on its way
 */
record Flaws(
        boolean unstableOffsets,
        boolean committedEnd,
        boolean unfencedOffsets,
        boolean dirtyReads,
        boolean lostResults) {
    static final Flaws NONE = new Flaws(false, false, false, false, false);
    static final Flaws UNSTABLE_OFFSETS = new Flaws(true, false, false, false, false);
    static final Flaws COMMITTED_END = new Flaws(false, true, false, false, false);
    static final Flaws UNSTABLE_OFFSETS_AND_COMMITTED_END = new Flaws(true, true, false, false, false);
    static final Flaws UNFENCED_OFFSETS = new Flaws(false, false, true, false, false);
    static final Flaws DIRTY_READS = new Flaws(false, false, false, true, false);
    static final Flaws LOST_RESULTS = new Flaws(false, false, false, false, true);
}

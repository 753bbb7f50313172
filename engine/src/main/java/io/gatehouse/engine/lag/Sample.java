package io.gatehouse.engine.lag;

/**
 * A partition at one moment.
 *
 * @param atNs of {@link System#nanoTime}
 * @param committed the group's committed offset; {@link #NOTHING} when it has none
 * @param stableEnd the end that a reader of committed records sees
 * @param end the end that a reader of uncommitted records sees
 * @param owner who has the partition, in words; null for nobody
 */
record Sample(long atNs, long committed, long stableEnd, long end, String owner) {
    /** The group has committed no offset of the partition. */
    static final long NOTHING = -1;

    /** Records that wait to be committed; -1 when that is not known. What a transaction left at the end counts as one. */
    long lag() {
        if (!isBegun()) {
            return stableEnd == 0 ? 0 : -1;
        }
        // The answers are not of quite the same moment: a commit may have come in between.
        return Math.max(0, stableEnd - committed);
    }

    /** Records that nobody may read yet: a transaction that began before them is open. */
    long open() {
        return Math.max(0, end - stableEnd);
    }

    boolean isOwned() {
        return owner != null;
    }

    /** Whether this one follows the other in the same topic, and the group has begun in both or in neither. */
    boolean continues(Sample earlier) {
        return isBegun() == earlier.isBegun() && committed >= earlier.committed && end >= earlier.end;
    }

    boolean isBegun() {
        return committed != NOTHING;
    }
}

package io.gatehouse.engine.reset;

/**
 * What a reset does to one partition.
 *
 * @param from the offset up to which logins were processed; {@link #NOWHERE} when none was
 * @param to the offset from which they will be processed
 * @param memory what becomes of its users' memory
 * @param found what does not belong together now, in words; null when all does
 */
public record PartitionMove(int partition, long from, long to, Memory memory, String found) {
    /** No offset. */
    public static final long NOWHERE = -1;

    /** What becomes of memory. */
    public enum Memory {
        /** There is none yet. */
        NONE,
        /** Its users have had all the logins that it tells of, and will have none of them again. */
        KEPT,
        /** Its users' logins are processed again, or it cannot be told where it stands. */
        FORGOTTEN
    }

    /** How many offsets are processed again: at least as many as records, for marks of transactions count too. */
    public long again() {
        return from == NOWHERE ? 0 : Math.max(0, from - to);
    }

    /** How many offsets are never processed. */
    public long skipped() {
        return from == NOWHERE ? 0 : Math.max(0, to - from);
    }

    /** Whether there is nothing to do. */
    public boolean isStill() {
        return from == to && memory != Memory.FORGOTTEN && found == null;
    }
}

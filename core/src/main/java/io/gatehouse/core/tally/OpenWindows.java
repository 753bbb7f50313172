package io.gatehouse.core.tally;

/** Which windows are open: eight consecutive ones, known by their numbers since 1970, of which the newest moves on. */
final class OpenWindows {
    static final int COUNT = 8;
    private static final long NONE = -1;

    private final long lengthMs;
    private long newest = NONE;

    OpenWindows(long lengthMs) {
        this.lengthMs = lengthMs;
    }

    long lengthMs() {
        return lengthMs;
    }

    long numberOf(long epochMs) {
        return epochMs / lengthMs;
    }

    boolean isEmpty() {
        return newest == NONE;
    }

    /** Meaningless while empty. */
    long newest() {
        return newest;
    }

    /** The first open window; beyond {@link #newest} while empty. */
    long oldest() {
        return isEmpty() ? 0 : Math.max(0, newest - COUNT + 1);
    }

    boolean isOpen(long number) {
        return number >= oldest() && number <= newest;
    }

    void moveTo(long newNewest) {
        newest = newNewest;
    }

    /** Where an open window lies among eight. */
    static int slot(long number) {
        return (int) number & COUNT - 1;
    }
}

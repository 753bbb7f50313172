package io.gatehouse.app.capacity;

/** Heap of an instance, bytes. */
final class Heap {
    static final double GIBIBYTE = 1 << 30;
    private static final double MEBIBYTE = 1 << 20;
    /** The built-in table of places, and as much for the merged view and all the rest. */
    private static final double OF_A_PROCESS = 2 * 90 * MEBIBYTE;
    /** Fetched, to be sent, and of an open transaction: {@code docs/operating.md}. */
    private static final double OF_A_THREAD = (32 + 64 + 16) * MEBIBYTE;

    private Heap() {}

    /** So many users have room in the largest heap; less than 1 when it is used up before. */
    static double mostUsers(Measured measured, Assumptions assumed) {
        double used = assumed.heapGibibytes * GIBIBYTE * assumed.used();
        return Math.floor((used - withoutUsers(assumed)) / measured.userHeapBytes());
    }

    /** {@code -Xmx}, whole GiB. */
    static double size(Measured measured, Assumptions assumed, double users) {
        double live = withoutUsers(assumed) + users * measured.userHeapBytes();
        return Bounded.up(live / assumed.used() / GIBIBYTE) * GIBIBYTE;
    }

    private static double withoutUsers(Assumptions assumed) {
        return OF_A_PROCESS + assumed.threads() * OF_A_THREAD;
    }
}

package io.gatehouse.core.profile;

/** Reads eight lower-case hexadecimal digits in one step, as the bytes of a word of which the first is the lowest. */
final class HexDigits {
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_HALVES = 0x0F * ONES;
    private static final long HIGH_HALVES = 0xF0 * ONES;
    private static final long TOP_BITS = 0x80 * ONES;
    /** What added to a value above nine sets its top bit, and to no other up to 24. */
    private static final long ABOVE_NINE = (0x80 - 10) * ONES;

    private static final int FROM_TEN_TO_A = 'a' - '0' - 10;

    private HexDigits() {}

    /** The number that the digits spell, 0 to 2³² less one; negative when a byte is no such digit. */
    static long eight(long text) {
        // Letters have bit 6, and their low halves count from one.
        long values = (text & LOW_HALVES) + (text >>> 6 & ONES) * 9;
        long letters = (values + ABOVE_NINE & TOP_BITS) >>> 7;
        long spelled = values + '0' * ONES + letters * FROM_TEN_TO_A;
        if ((spelled ^ text | values & HIGH_HALVES) != 0) {
            return -1;
        }
        long bytes = (values << 4 | values >>> 8) & 0x00FF_00FF_00FF_00FFL;
        long pairs = (bytes | bytes >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return Integer.reverseBytes((int) (pairs | pairs >>> 16)) & 0xFFFF_FFFFL;
    }
}

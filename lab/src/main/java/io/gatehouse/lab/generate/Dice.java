package io.gatehouse.lab.generate;

/**
 * Chance that can be asked again: the same question always gets the same answer. What is lasting about a user (home,
 * devices, habits) is thrown with these, so that nothing about users needs to be stored.
 */
final class Dice {
    private Dice() {}

    /** A number that depends on both arguments and looks random; the finaliser of SplitMix64 (Steele et al., 2014). */
    static long roll(long of, long question) {
        long z = of + (question + 1) * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** From 0 (inclusive) to 1 (exclusive). */
    static double share(long of, long question) {
        return (roll(of, question) >>> 11) * 0x1.0p-53;
    }

    /** From 0 (inclusive) to bound (exclusive). */
    static int pick(long of, long question, int bound) {
        return (int) Long.remainderUnsigned(roll(of, question), bound);
    }
}

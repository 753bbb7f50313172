package io.gatehouse.core.login;

/** Writes numbers as ASCII digits. */
final class Digits {
    /** A minus sign and nineteen digits. */
    static final int MAX_BYTES = 20;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private Digits() {}

    /**
     * Writes a number in decimal.
     *
     * @param number not {@link Long#MIN_VALUE}
     * @return the index after the last byte
     */
    static int write(long number, byte[] to, int from) {
        int at = from;
        long rest = number;
        if (rest < 0) {
            to[at++] = '-';
            rest = -rest;
        }
        int end = at + length(rest);
        for (int i = end - 1; i >= at; i--) {
            long tenth = rest / 10;
            to[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        return end;
    }

    /** @param number 0 to 99 */
    static int writeTwo(int number, byte[] to, int at) {
        to[at] = (byte) ('0' + number / 10);
        to[at + 1] = (byte) ('0' + number % 10);
        return at + 2;
    }

    /** Writes all sixteen lower-case hexadecimal digits. */
    static int writeHex(long number, byte[] to, int from) {
        for (int i = 0; i < 16; i++) {
            to[from + i] = HEX[(int) (number >>> (60 - 4 * i)) & 15];
        }
        return from + 16;
    }

    private static int length(long number) {
        int digits = 1;
        for (long power = 10; digits < 19 && number >= power; power *= 10) {
            digits++;
        }
        return digits;
    }
}

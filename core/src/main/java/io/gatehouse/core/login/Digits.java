package io.gatehouse.core.login;

/** Writes numbers as ASCII digits. */
public final class Digits {
    /** A minus sign and nineteen digits. */
    public static final int MAX_BYTES = 20;

    private static final int PIECE_DIGITS = 8;
    private static final int PIECE = 100_000_000;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private Digits() {}

    /**
     * Writes a number in decimal.
     *
     * @param number not {@link Long#MIN_VALUE}
     * @return the index after the last byte
     */
    public static int write(long number, byte[] to, int from) {
        if (number < 0) {
            to[from] = '-';
            return writePositive(-number, to, from + 1);
        }
        return writePositive(number, to, from);
    }

    private static int writePositive(long number, byte[] to, int from) {
        if (number <= Integer.MAX_VALUE) {
            return writeInt((int) number, to, from);
        }
        // In pieces of eight digits, because dividing longs takes longer.
        long high = number / PIECE;
        int at = from;
        if (high <= Integer.MAX_VALUE) {
            at = writeInt((int) high, to, at);
        } else {
            long highest = high / PIECE;
            at = writeInt((int) highest, to, at);
            at = fill((int) (high - highest * PIECE), to, at, at + PIECE_DIGITS);
        }
        return fill((int) (number - high * PIECE), to, at, at + PIECE_DIGITS);
    }

    private static int writeInt(int number, byte[] to, int from) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return fill(number, to, from, from + digits);
    }

    /** Writes the last digits of a number, as many as there is room for. */
    private static int fill(int number, byte[] to, int from, int end) {
        int rest = number;
        for (int i = end - 1; i >= from; i--) {
            int tenth = rest / 10;
            to[i] = (byte) ('0' + rest - tenth * 10);
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
}

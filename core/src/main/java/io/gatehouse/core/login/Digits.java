package io.gatehouse.core.login;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes numbers as ASCII digits. */
public final class Digits {
    /** A minus sign and nineteen digits: as far as {@link #write} writes, whatever the number. */
    public static final int MAX_BYTES = 20;

    private static final int PIECE_DIGITS = 8;
    private static final int PIECE = 100_000_000;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    /** The two digits of each number below 100, the first in the low byte. */
    private static final short[] DECIMAL = pairs(10);
    /** The digits of each number below 1000, the first in the lowest byte; the highest byte tells how many they are. */
    private static final int[] SHORTEST = shortest();
    /** The two lower-case hexadecimal digits of each byte. */
    private static final short[] HEX = pairs(16);

    /** Powers of ten that an int can hold, each at its exponent. */
    private static final int[] POWER = {
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private Digits() {}

    /**
     * Writes a number in decimal. Behind its end it may write up to three bytes more, which mean nothing.
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
        if (number < 1000) {
            return writeShortest(number, to, from);
        }
        if (number < 1_000_000) {
            int thousands = number / 1000;
            int at = writeShortest(thousands, to, from);
            return fill(number - thousands * 1000, to, at, at + 3);
        }
        int digits = 7;
        while (digits < POWER.length && number >= POWER[digits]) {
            digits++;
        }
        return fill(number, to, from, from + digits);
    }

    /** @param number 0 to 999 */
    private static int writeShortest(int number, byte[] to, int from) {
        int digits = SHORTEST[number];
        INT.set(to, from, digits);
        return from + (digits >>> 24);
    }

    /** Writes the last digits of a number, as many as there is room for. */
    private static int fill(int number, byte[] to, int from, int end) {
        int rest = number;
        int at = end;
        while (at - from >= 2) {
            at -= 2;
            int hundredth = rest / 100;
            SHORT.set(to, at, DECIMAL[rest - hundredth * 100]);
            rest = hundredth;
        }
        if (at > from) {
            to[from] = (byte) ('0' + rest % 10);
        }
        return end;
    }

    /** @param number 0 to 99 */
    static int writeTwo(int number, byte[] to, int at) {
        SHORT.set(to, at, DECIMAL[number]);
        return at + 2;
    }

    /** Writes all sixteen lower-case hexadecimal digits. */
    public static int writeHex(long number, byte[] to, int from) {
        for (int i = 0; i < Long.BYTES; i++) {
            writeHex((byte) (number >>> 56 - 8 * i), to, from + 2 * i);
        }
        return from + 2 * Long.BYTES;
    }

    /** Writes both lower-case hexadecimal digits of a byte. */
    public static void writeHex(byte number, byte[] to, int at) {
        SHORT.set(to, at, HEX[number & 0xFF]);
    }

    private static int[] shortest() {
        int[] all = new int[1000];
        for (int number = 0; number < all.length; number++) {
            String digits = Integer.toString(number);
            all[number] = digits.length() << 24;
            for (int i = 0; i < digits.length(); i++) {
                all[number] |= digits.charAt(i) << Byte.SIZE * i;
            }
        }
        return all;
    }

    private static short[] pairs(int radix) {
        short[] pairs = new short[radix * radix];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (Character.forDigit(i % radix, radix) << 8 | Character.forDigit(i / radix, radix));
        }
        return pairs;
    }
}

package io.gatehouse.core.geo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads an IPv4 address in its one strict spelling: four parts of one to three digits, 0 to 255, no leading zeros.
 *
 * <p>How long each part is cannot be foretold, so a loop over the digits costs a wrong guess of the processor with nearly
 * each part. Where the text has room around it, the parts are therefore read by the word and without a branch.
 */
final class DottedQuad {
    /** The result for any other text. */
    static final long NONE = -1;

    private static final int MIN_BYTES = 7;
    private static final int MAX_BYTES = 15;
    /** What must lie before the address to read its first part, which may be empty, by the word that it ends. */
    private static final int ROOM_BEFORE = Integer.BYTES;
    /** What must lie from the address's beginning on to find its dots in two words. */
    private static final int ROOM_FROM = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long DOTS = 0x2E2E2E2E2E2E2E2EL;
    /** Multiplied by it, the lowest bits of eight bytes come together in the highest byte, in their order. */
    private static final long GATHER = 0x0102040810204080L;

    private static final int ZEROS = 0x30303030;
    /** Added to a byte, it sets the top bit of all above nine. */
    private static final int ABOVE_NINE = 0x76767676;

    private static final int TOP_BITS = 0x80808080;

    /** By length: the bytes of a word that a part at its end has. */
    private static final int[] DIGITS = new int[MAX_BYTES + 1];
    /** By length: the least value of a part, which leaves out leading zeros; out of reach for lengths that no part has. */
    private static final int[] LEAST = new int[MAX_BYTES + 1];

    static {
        Arrays.fill(LEAST, Integer.MAX_VALUE);
        DIGITS[1] = 0xFF000000;
        DIGITS[2] = 0xFFFF0000;
        DIGITS[3] = 0xFFFFFF00;
        LEAST[1] = 0;
        LEAST[2] = 10;
        LEAST[3] = 100;
    }

    private DottedQuad() {}

    /** The 32 bits of the address, or {@link #NONE}. */
    static long parse(byte[] text, int from, int to) {
        int length = to - from;
        if (length < MIN_BYTES || length > MAX_BYTES) {
            return NONE;
        }
        return from >= ROOM_BEFORE && from + ROOM_FROM <= text.length
                ? parseByWords(text, from, length)
                : parseByBytes(text, from, to);
    }

    private static long parseByWords(byte[] text, int from, int length) {
        int dots = (dots(text, from) | dots(text, from + 8) << 8) & (1 << length) - 1;
        int first = Integer.numberOfTrailingZeros(dots);
        dots &= dots - 1;
        int second = Integer.numberOfTrailingZeros(dots);
        dots &= dots - 1;
        int third = Integer.numberOfTrailingZeros(dots);
        if (dots == 0 || (dots & dots - 1) != 0) {
            return NONE;
        }
        long address = part(text, from, first) << 24
                | part(text, from + first + 1, second - first - 1) << 16
                | part(text, from + second + 1, third - second - 1) << 8
                | part(text, from + third + 1, length - third - 1);
        return address < 0 ? NONE : address;
    }

    /** A bit for each of the eight bytes from {@code at} on: set where it is a dot. */
    private static int dots(byte[] text, int at) {
        long others = (long) LONG.get(text, at) ^ DOTS;
        long found = ~((others & LOW_BITS) + LOW_BITS | others | LOW_BITS);
        return (int) ((found >>> 7) * GATHER >>> 56);
    }

    /** The value of a part; negative when it is none. */
    private static long part(byte[] text, int from, int length) {
        int digits = ((int) INT.get(text, from + length - Integer.BYTES) ^ ZEROS) & DIGITS[length];
        int value = (digits >>> 24) + 10 * (digits >>> 16 & 0xFF) + 100 * (digits >>> 8 & 0xFF);
        int wrong = (digits | digits + ABOVE_NINE) & TOP_BITS | (value - LEAST[length] | 255 - value) & 1 << 31;
        return wrong == 0 ? value : NONE;
    }

    private static long parseByBytes(byte[] text, int from, int to) {
        long address = 0;
        int part = 0;
        int digits = 0;
        int dots = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                if (digits > 0 && part == 0) {
                    return NONE;
                }
                part = part * 10 + digit;
                digits++;
                if (part > 255) {
                    return NONE;
                }
            } else if (text[i] == '.' && digits > 0 && dots < 3) {
                address = address << 8 | part;
                part = 0;
                digits = 0;
                dots++;
            } else {
                return NONE;
            }
        }
        return dots == 3 && digits > 0 ? address << 8 | part : NONE;
    }
}

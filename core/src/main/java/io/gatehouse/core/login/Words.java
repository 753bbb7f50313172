package io.gatehouse.core.login;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of text looked at in one step. The byte at the lowest index is the lowest of the word, so the lowest set
 * bit of a result belongs to the first byte that was found.
 *
 * <p>The tests work by borrows: subtracting {@code n} from each byte sets the top bit of those below {@code n}. A borrow
 * spills into the next byte only after such a byte, so the first one found is always exact, and later ones may not be.
 */
public final class Words {
    public static final int BYTES = Long.BYTES;
    static final long TOP_BITS = 0x8080808080808080L;

    private static final long ONES = 0x0101010101010101L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** The word that begins at {@code index}; all its bytes must lie in the array. */
    public static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** The first bytes of a text, at most {@link #BYTES} of them; zeros stand for those that it does not have. */
    public static long head(byte[] bytes, int from, int lengthBytes) {
        if (lengthBytes >= BYTES) {
            return at(bytes, from);
        }
        if (from + BYTES <= bytes.length) {
            return at(bytes, from) & (1L << lengthBytes * Byte.SIZE) - 1;
        }
        long word = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            word = word << Byte.SIZE | bytes[from + i] & 0xFF;
        }
        return word;
    }

    static boolean isAscii(long word) {
        return (word & TOP_BITS) == 0;
    }

    /** Top bits of ASCII bytes below {@code bound}; exact up to the first. */
    static long below(long word, int bound) {
        return (word - bound * ONES) & ~word & TOP_BITS;
    }

    /** Top bits of bytes that equal the ASCII character; exact up to the first. */
    static long equalTo(long word, char character) {
        return below(word ^ character * ONES, 1);
    }

    /**
     * Index of the first byte from {@code from} on that interrupts the plain text of a JSON string: a control character, a
     * quote or a backslash; {@code limit} when there is none before it.
     *
     * @param topBits {@link #TOP_BITS} where bytes beyond ASCII interrupt it, too, and 0 where they do not
     */
    static int plainEnd(byte[] bytes, int from, int limit, long topBits) {
        int pos = from;
        for (; pos + BYTES <= limit; pos += BYTES) {
            long word = at(bytes, pos);
            long marks = interruptions(word) | word & topBits;
            if (marks != 0) {
                return pos + first(marks);
            }
        }
        while (pos < limit && !interrupts(bytes[pos], topBits)) {
            pos++;
        }
        return pos;
    }

    /**
     * Top bits of control characters, quotes and backslashes; exact up to the first. With the second bit turned over, the
     * quote takes the space's place behind the control characters, which change places among themselves: one test for both.
     */
    private static long interruptions(long word) {
        return below(word ^ 0x02 * ONES, '"' - 1) | equalTo(word, '\\');
    }

    private static boolean interrupts(byte b, long topBits) {
        return b < 0 ? topBits != 0 : b < ' ' || b == '"' || b == '\\';
    }

    /** Index within the word of the first byte marked; {@link #BYTES} when none is. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}

package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a JSON number or literal ends, by the grammar of RFC 8259. What may stand behind it is for the caller to judge.
 * Each method returns the index after the last byte, or {@link #NONE}.
 */
final class Scalars {
    static final int NONE = -1;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private Scalars() {}

    static int literalEnd(byte[] value, int from) {
        byte[] word =
                switch (byteAt(value, from)) {
                    case 't' -> TRUE;
                    case 'f' -> FALSE;
                    default -> NULL;
                };
        int to = from + word.length;
        return to <= value.length && Arrays.equals(value, from, to, word, 0, word.length) ? to : NONE;
    }

    static int numberEnd(byte[] value, int from) {
        int integerEnd = integerEnd(value, from);
        return integerEnd == NONE ? NONE : decimalEnd(value, integerEnd);
    }

    static int integerEnd(byte[] value, int from) {
        int start = byteAt(value, from) == '-' ? from + 1 : from;
        return byteAt(value, start) == '0' ? start + 1 : digitsEnd(value, start);
    }

    /** The end of the number whose integer part ends at {@code integerEnd}: the same index when that is all. */
    static int decimalEnd(byte[] value, int integerEnd) {
        int pos = integerEnd;
        if (byteAt(value, pos) == '.') {
            pos = digitsEnd(value, pos + 1);
        }
        if (pos != NONE && (byteAt(value, pos) | 0x20) == 'e') {
            byte sign = byteAt(value, pos + 1);
            pos = digitsEnd(value, sign == '+' || sign == '-' ? pos + 2 : pos + 1);
        }
        return pos;
    }

    private static int digitsEnd(byte[] value, int from) {
        int pos = from;
        while (pos < value.length && value[pos] >= '0' && value[pos] <= '9') {
            pos++;
        }
        return pos == from ? NONE : pos;
    }

    /** The byte at an index, or zero past the end: outside strings, JSON has no zero byte. */
    static byte byteAt(byte[] value, int index) {
        return index < value.length ? value[index] : 0;
    }
}

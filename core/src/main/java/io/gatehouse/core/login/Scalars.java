package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a JSON number, literal or white space ends, by the grammar of RFC 8259. What may stand behind it is for the caller
 * to judge. Each method looks at bytes before {@code limit} alone, and returns the index after the last byte, or
 * {@link #NONE}.
 */
final class Scalars {
    static final int NONE = -1;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private Scalars() {}

    static int literalEnd(byte[] value, int from, int limit) {
        byte[] word =
                switch (byteAt(value, from, limit)) {
                    case 't' -> TRUE;
                    case 'f' -> FALSE;
                    default -> NULL;
                };
        int to = from + word.length;
        return to <= limit && Arrays.equals(value, from, to, word, 0, word.length) ? to : NONE;
    }

    static int numberEnd(byte[] value, int from, int limit) {
        int integerEnd = integerEnd(value, from, limit);
        return integerEnd == NONE ? NONE : decimalEnd(value, integerEnd, limit);
    }

    static int integerEnd(byte[] value, int from, int limit) {
        int start = byteAt(value, from, limit) == '-' ? from + 1 : from;
        return byteAt(value, start, limit) == '0' ? start + 1 : digitsEnd(value, start, limit);
    }

    /** The end of the number whose integer part ends at {@code integerEnd}: the same index when that is all. */
    static int decimalEnd(byte[] value, int integerEnd, int limit) {
        int pos = integerEnd;
        if (byteAt(value, pos, limit) == '.') {
            pos = digitsEnd(value, pos + 1, limit);
        }
        if (pos != NONE && (byteAt(value, pos, limit) | 0x20) == 'e') {
            byte sign = byteAt(value, pos + 1, limit);
            pos = digitsEnd(value, sign == '+' || sign == '-' ? pos + 2 : pos + 1, limit);
        }
        return pos;
    }

    private static int digitsEnd(byte[] value, int from, int limit) {
        int pos = from;
        while (pos < limit && value[pos] >= '0' && value[pos] <= '9') {
            pos++;
        }
        return pos == from ? NONE : pos;
    }

    static int whiteSpaceEnd(byte[] value, int from, int limit) {
        int pos = from;
        while (pos < limit && isWhiteSpace(value[pos])) {
            pos++;
        }
        return pos;
    }

    private static boolean isWhiteSpace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }

    /** The byte at an index, or zero from the limit on: outside strings, JSON has no zero byte. */
    static byte byteAt(byte[] value, int index, int limit) {
        return index < limit ? value[index] : 0;
    }
}

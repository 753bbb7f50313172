package io.gatehouse.core.login;

/** UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] text, int from, int to) {
        int pos = from;
        while (pos < to) {
            if (pos + Words.BYTES <= to && Words.isAscii(Words.at(text, pos))) {
                pos += Words.BYTES;
            } else {
                int length = sequenceLength(text, pos, to);
                if (length == 0) {
                    return false;
                }
                pos += length;
            }
        }
        return true;
    }

    /** Code points of valid UTF-8: bytes that do not continue a sequence. */
    static int codePoints(byte[] text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!isContinuation(text[i])) {
                count++;
            }
        }
        return count;
    }

    /** Bytes of the code point that begins at {@code pos}; 0 when none does. */
    private static int sequenceLength(byte[] text, int pos, int to) {
        int lead = text[pos] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (pos + length > to || !mayFollow(lead, text[pos + 1] & 0xFF)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if (!isContinuation(text[pos + i])) {
                return 0;
            }
        }
        return length;
    }

    /** Overlong forms, surrogates and code points above the last one all show in the second byte. */
    private static boolean mayFollow(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}

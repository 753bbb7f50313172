package io.gatehouse.core.login;

/** The {@code \}{@code u} escapes of a JSON text, which its parser does not look at closely enough. */
final class Escapes {
    private static final int UNIT_LENGTH = "\\u0000".length();
    private static final int NO_UNIT = -1;

    private Escapes() {}

    /**
     * Whether each {@code \}{@code u} is followed by four hexadecimal digits (Jackson looks at their low eight bits only,
     * so that {@code U+0130} passes for a zero) and each surrogate is half of a pair.
     *
     * <p>Knows nothing of JSON but that a backslash begins an escape: in a text that is JSON, none stands elsewhere. Nor
     * can an escaped surrogate pair with one that is not escaped, because those were decoded from UTF-8.
     */
    static boolean areSound(char[] text, int length) {
        int pos = 0;
        while (pos < length) {
            if (text[pos] != '\\') {
                pos++;
            } else if (pos + 1 < length && text[pos + 1] != 'u') {
                pos += 2;
            } else {
                int unit = unitAt(text, pos, length);
                pos += UNIT_LENGTH;
                if (unit == NO_UNIT || isLowSurrogate(unit)) {
                    return false;
                }
                if (isHighSurrogate(unit)) {
                    if (!isLowSurrogate(unitAt(text, pos, length))) {
                        return false;
                    }
                    pos += UNIT_LENGTH;
                }
            }
        }
        return true;
    }

    /** The UTF-16 unit that the escape at {@code pos} stands for. */
    private static int unitAt(char[] text, int pos, int length) {
        if (pos + UNIT_LENGTH > length || text[pos] != '\\' || text[pos + 1] != 'u') {
            return NO_UNIT;
        }
        int unit = 0;
        for (int i = pos + 2; i < pos + UNIT_LENGTH; i++) {
            int digit = text[i] < 0x80 ? Character.digit(text[i], 16) : -1;
            if (digit < 0) {
                return NO_UNIT;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static boolean isHighSurrogate(int unit) {
        return unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
    }

    private static boolean isLowSurrogate(int unit) {
        return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
    }
}

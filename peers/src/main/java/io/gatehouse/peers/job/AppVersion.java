package io.gatehouse.peers.job;

/** {@code MAJOR[.MINOR[.PATCH]]}, perhaps with a {@code v} before it and more behind it; each part up to 65535. */
record AppVersion(int major, int minor, int patch) {
    private static final int LARGEST_PART = 65535;
    private static final int PART_BITS = 16;

    /** Null when the text is null or no version. */
    static AppVersion parse(String text) {
        if (text == null) {
            return null;
        }
        int[] parts = new int[3];
        int at = text.startsWith("v") ? 1 : 0;
        for (int part = 0; part < parts.length; part++) {
            int from = at;
            for (; at < text.length() && isDigit(text.charAt(at)); at++) {
                parts[part] = parts[part] * 10 + text.charAt(at) - '0';
                if (parts[part] > LARGEST_PART) {
                    return null;
                }
            }
            if (at == from) {
                return null;
            }
            if (at == text.length() || isSuffix(text.charAt(at), part)) {
                return new AppVersion(parts[0], parts[1], parts[2]);
            }
            if (text.charAt(at) != '.') {
                return null;
            }
            at++;
        }
        return null;
    }

    /** Whether a character ends the version, and what follows is not looked at. */
    private static boolean isSuffix(char c, int lastPart) {
        return c == '-' || c == '+' || c == ' ' || c == '.' && lastPart == 2;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The version as one number; a later version is a larger one. */
    long packed() {
        return (long) major << 2 * PART_BITS | (long) minor << PART_BITS | patch;
    }
}

package io.gatehouse.app;

/**
 * Text of foreign origin made fit for a terminal or a log: nothing in it can move a cursor, colour a screen, reverse the
 * reading direction or begin a line of its own.
 */
public final class Printable {
    /** Longer text is cut: enough to recognise a value by, too little to flood a screen. */
    private static final int MAX_CODE_POINTS = 200;

    private Printable() {}

    /** Escapes as {@link #escape} does, and cuts what is longer than 200 characters. */
    public static String excerpt(String foreign) {
        if (foreign.codePointCount(0, foreign.length()) <= MAX_CODE_POINTS) {
            return escape(foreign);
        }
        return escape(foreign.substring(0, foreign.offsetByCodePoints(0, MAX_CODE_POINTS))) + "…";
    }

    /** Writes control, format and unpaired surrogate characters as backslash, u and four hexadecimal digits. */
    public static String escape(String foreign) {
        StringBuilder escaped = null;
        for (int i = 0; i < foreign.length(); ) {
            int character = foreign.codePointAt(i);
            int next = i + Character.charCount(character);
            if (isDangerous(character)) {
                if (escaped == null) {
                    escaped = new StringBuilder(foreign.length() + 16).append(foreign, 0, i);
                }
                for (int unit = i; unit < next; unit++) {
                    escaped.append(String.format("\\u%04x", (int) foreign.charAt(unit)));
                }
            } else if (escaped != null) {
                escaped.appendCodePoint(character);
            }
            i = next;
        }
        return escaped == null ? foreign : escaped.toString();
    }

    private static boolean isDangerous(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}

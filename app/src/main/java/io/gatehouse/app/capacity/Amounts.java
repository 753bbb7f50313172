package io.gatehouse.app.capacity;

import java.util.Locale;

/** Figures as people read them. */
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final double STEP = 1000;
    /** From here on, a figure rounded to a whole one has four digits. */
    private static final double NEXT_UNIT = STEP - 0.5;
    /** Below this, a figure has a decimal. */
    private static final double WHOLE = 100 - 0.05;

    private Amounts() {}

    static String bytes(double number) {
        double inUnit = number;
        int unit = 0;
        while (inUnit >= NEXT_UNIT && unit < UNITS.length - 1) {
            inUnit /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && inUnit < WHOLE ? "%.1f %s" : "%.0f %s", inUnit, UNITS[unit]);
    }

    static String bytesASecond(double number) {
        return bytes(number) + "/s";
    }

    /** With separators, and decimals only where there are any. */
    static String count(double number) {
        return String.format(Locale.ROOT, number == Math.rint(number) ? "%,.0f" : "%,.1f", number);
    }
}

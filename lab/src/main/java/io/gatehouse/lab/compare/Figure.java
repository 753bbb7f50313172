package io.gatehouse.lab.compare;

import java.util.Locale;

/**
 * Something that was measured.
 *
 * @param name for programs that read the report; it stays
 * @param what for people
 * @param value of all measurements; median, least and most are the same when there was one
 */
record Figure(String name, String what, Standing.Spread value, String unit) {
    /** The value with as many digits as mean something, its unit, and its range when it was measured more than once. */
    String told() {
        String range = value.least() < value.most()
                ? String.format(" (%s to %s)", digits(value.least()), digits(value.most()))
                : "";
        return digits(value.median()) + " " + unit + range;
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}

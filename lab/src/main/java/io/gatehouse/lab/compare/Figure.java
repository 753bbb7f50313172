package io.gatehouse.lab.compare;

import java.util.Locale;

/**
 * Something that was measured.
 *
 * @param name for programs that read the report; it stays
 * @param what for people
 */
record Figure(String name, String what, double value, String unit) {
    /** The value with as many digits as mean something, and its unit. */
    String told() {
        return String.format(Locale.ROOT, value < 100 ? "%.2f %s" : "%,.0f %s", value, unit);
    }
}

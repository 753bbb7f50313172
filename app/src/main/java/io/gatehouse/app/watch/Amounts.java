package io.gatehouse.app.watch;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
final class Amounts {
    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 60 * MINUTE_S;
    private static final long DAY_S = 24 * HOUR_S;

    private Amounts() {}

    /** With separators; {@code -} for a negative one, which is not known. */
    static String count(long number) {
        return number < 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
    }

    /** Whole, but for small ones; {@code -} when not known. */
    static String rate(double perSecond) {
        if (Double.isNaN(perSecond)) {
            return "-";
        }
        return String.format(Locale.ROOT, perSecond > 0 && perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
    }

    static String span(Duration span) {
        return span(span.toMillis() / 1000.0);
    }

    /** In its two largest units; {@code never} for an infinite one, {@code -} when not known. */
    static String span(double seconds) {
        if (Double.isNaN(seconds)) {
            return "-";
        }
        if (Double.isInfinite(seconds)) {
            return "never";
        }
        if (seconds > 0 && seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 2 * MINUTE_S) {
            return whole + " s";
        }
        if (whole < 2 * HOUR_S) {
            return whole / MINUTE_S + " m " + whole % MINUTE_S + " s";
        }
        return whole < 2 * DAY_S
                ? whole / HOUR_S + " h " + whole % HOUR_S / MINUTE_S + " m"
                : whole / DAY_S + " d " + whole % DAY_S / HOUR_S + " h";
    }

    /** For example {@code 1 partition}, {@code 1,200 partitions}. */
    static String of(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }
}

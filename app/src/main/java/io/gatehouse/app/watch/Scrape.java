package io.gatehouse.app.watch;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few figures of an instance's {@code /metrics} that an operator asks for first. What the page does not have is NaN.
 *
 * @param atNs of {@link System#nanoTime}, when it was asked
 * @param processed logins accepted since its start
 * @param deadLetters events refused since its start
 * @param ledgerDifference the largest of all partitions, whatever its sign
 * @param ages records by their age at the commit of their output: how many were at most so many seconds old
 */
record Scrape(long atNs, double processed, double deadLetters, double ledgerDifference, TreeMap<Double, Double> ages) {
    /** {@code name{labels} value}, as Prometheus text has it. */
    private static final Pattern LINE = Pattern.compile("([a-z_]+)(?:\\{([^}]*)})? (\\S+)");

    private static final Pattern BOUND = Pattern.compile("(?:^|,)le=\"([^\"]*)\"");

    static Scrape parse(String text, long atNs) {
        double processed = Double.NaN;
        double deadLetters = Double.NaN;
        double difference = Double.NaN;
        TreeMap<Double, Double> ages = new TreeMap<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher parts = LINE.matcher(line);
            if (line.startsWith("#") || !parts.matches()) {
                continue;
            }
            double value = number(parts.group(3));
            switch (parts.group(1)) {
                case "gatehouse_processed_total" -> processed = value;
                case "gatehouse_dead_letters_total" ->
                    deadLetters = Double.isNaN(deadLetters) ? value : deadLetters + value;
                case "gatehouse_ledger_difference" ->
                    difference = Double.isNaN(difference) ? Math.abs(value) : Math.max(difference, Math.abs(value));
                case "gatehouse_event_age_seconds_bucket" -> ages.put(bound(parts.group(2)), value);
                default -> {}
            }
        }
        return new Scrape(atNs, processed, deadLetters, difference, ages);
    }

    private static double bound(String labels) {
        Matcher bound = BOUND.matcher(labels == null ? "" : labels);
        return bound.find() ? number(bound.group(1)) : Double.NaN;
    }

    private static double number(String text) {
        try {
            return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Whether this one is of the same life of the process as an earlier one. */
    boolean continues(Scrape earlier) {
        return !(processed < earlier.processed) && !(deadLetters < earlier.deadLetters);
    }

    /**
     * The age that 99 of 100 records since an earlier scrape were within: a bucket's bound, seconds; NaN when there were
     * none, infinite when it lies beyond the largest bucket.
     */
    double ageSince(Scrape earlier) {
        double all = since(earlier, Double.POSITIVE_INFINITY);
        if (!(all > 0)) {
            return Double.NaN;
        }
        for (Map.Entry<Double, Double> bucket : ages.entrySet()) {
            if (since(earlier, bucket.getKey()) >= 0.99 * all) {
                return bucket.getKey();
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private double since(Scrape earlier, double bound) {
        return ages.getOrDefault(bound, Double.NaN) - earlier.ages.getOrDefault(bound, 0.0);
    }
}

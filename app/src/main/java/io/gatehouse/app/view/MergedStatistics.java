package io.gatehouse.app.view;

import io.gatehouse.app.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The statistics of all partitions at one moment. */
public final class MergedStatistics {
    private static final int LEADING = 3;

    private final long madeMs;
    private final boolean complete;
    private final double acceptedPerSecond;
    private final double refusedPerSecond;
    private final List<MergedWindow<LoginCounts>> loginWindows;
    private final LoginCounts logins = new LoginCounts();
    private final List<MergedWindow<Map<String, Long>>> deadLetterWindows;
    private final Map<String, Long> deadLetters = new HashMap<>();
    private final MergedActivity activity;

    /**
     * @param madeMs wall clock, epoch milliseconds
     * @param complete whether all that the topic held has been read
     * @param activity null before the first publication
     */
    MergedStatistics(
            long madeMs,
            boolean complete,
            double acceptedPerSecond,
            double refusedPerSecond,
            List<MergedWindow<LoginCounts>> loginWindows,
            List<MergedWindow<Map<String, Long>>> deadLetterWindows,
            MergedActivity activity) {
        this.madeMs = madeMs;
        this.complete = complete;
        this.acceptedPerSecond = acceptedPerSecond;
        this.refusedPerSecond = refusedPerSecond;
        this.loginWindows = loginWindows;
        this.deadLetterWindows = deadLetterWindows;
        this.activity = activity;
        loginWindows.forEach(window -> logins.add(window.counts()));
        deadLetterWindows.forEach(window -> addAll(window.counts(), deadLetters));
    }

    static void addAll(Map<String, Long> counts, Map<String, Long> to) {
        counts.forEach((name, count) -> to.merge(name, count, Long::sum));
    }

    /** How many windows of logins there are; 60 at most. */
    public int windows() {
        return loginWindows.size();
    }

    /**
     * The values that most logins have, each with its share if that is a hundredth or more: {@code US 30% FR 13% DE 9%}.
     * Fit for a terminal and for a log, whatever producers wrote; empty when there are none.
     */
    public String leading(Heading heading) {
        long all = Math.max(1, logins.get(Total.LOGINS));
        String unit = heading == Heading.HOUR_OF_DAY ? "h" : "";
        return logins.ranked(heading).stream()
                .limit(LEADING)
                .filter(value -> 100 * value.count() >= all)
                .map(value -> String.format(
                        Locale.ROOT, "%s%s %d%%", Printable.excerpt(value.value()), unit, 100 * value.count() / all))
                .collect(Collectors.joining(" "));
    }

    long madeMs() {
        return madeMs;
    }

    boolean isComplete() {
        return complete;
    }

    double acceptedPerSecond() {
        return acceptedPerSecond;
    }

    double refusedPerSecond() {
        return refusedPerSecond;
    }

    List<MergedWindow<LoginCounts>> loginWindows() {
        return loginWindows;
    }

    LoginCounts logins() {
        return logins;
    }

    List<MergedWindow<Map<String, Long>>> deadLetterWindows() {
        return deadLetterWindows;
    }

    Map<String, Long> deadLetters() {
        return deadLetters;
    }

    /** Null before the first publication. */
    MergedActivity activity() {
        return activity;
    }
}

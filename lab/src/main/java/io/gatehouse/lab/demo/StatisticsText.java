package io.gatehouse.lab.demo;

import io.gatehouse.app.Paint;
import io.gatehouse.app.view.Heading;
import io.gatehouse.core.tally.TallySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts numbers into words: three lines every few seconds, and the account at the end. */
final class StatisticsText {
    /** What fits a line of a terminal beside the rest. */
    private static final int TOP_REASONS = 4;

    private final Paint paint;

    StatisticsText(Paint paint) {
        this.paint = paint;
    }

    /** What happened between two moments, and how things stand at the second. */
    String between(Moment before, Moment now) {
        TallySnapshot tally = now.tally();
        String indent = "       ";
        return String.format(
                Locale.ROOT,
                "%s  in %s/s  out %s/s  lag %s  processed %,d  dead letters %s%n"
                        + "%susers %,d  active sessions %,d  late %,d  duplicates %,d  hours %s%n"
                        + "%scountries %s  platforms %s  versions %s%n",
                paint.bold(clock(now.seconds())),
                rate(now.in() - before.in(), now.seconds() - before.seconds()),
                rate(now.out() - before.out(), now.seconds() - before.seconds()),
                lag(now),
                tally.accepted(),
                deadLetters(now, TOP_REASONS),
                indent,
                now.users(),
                tally.activeSessions(),
                tally.late(),
                tally.duplicates(),
                leading(now, Heading.HOUR_OF_DAY),
                indent,
                leading(now, Heading.COUNTRY),
                leading(now, Heading.PLATFORM),
                leading(now, Heading.VERSION));
    }

    /** What went in and what came out, all in all. */
    String account(Moment end, long generated) {
        long byOthers = Math.max(0, end.in() - generated);
        String remainder = end.lag() == 0
                ? "Nothing is left over."
                : String.format(Locale.ROOT, "%,d were not judged any more.", end.lag());
        return String.format(
                Locale.ROOT,
                "In   %,d events: %,d generated, %,d by others.%nOut  %,d events: %,d processed, dead letters %s.%n%s%n",
                end.in(),
                generated,
                byOthers,
                end.out(),
                end.tally().accepted(),
                deadLetters(end, Integer.MAX_VALUE),
                remainder);
    }

    private String lag(Moment now) {
        String lag = String.format(Locale.ROOT, "%,d", now.lag());
        return now.lag() > now.in() / 10 ? paint.warning(lag) : lag;
    }

    private static String rate(long events, double seconds) {
        return String.format(Locale.ROOT, "%,.0f", seconds > 0 ? events / seconds : 0);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%02d:%02d", whole / 60, whole % 60);
    }

    private static String deadLetters(Moment now, int topReasons) {
        List<Map.Entry<String, Long>> reasons = now.tally().refused().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
        List<String> named = reasons.stream()
                .limit(topReasons)
                .map(reason -> String.format(Locale.ROOT, "%s %,d", reason.getKey(), reason.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (reasons.size() > topReasons) {
            named.add("…");
        }
        String total = String.format(Locale.ROOT, "%,d", now.deadLetters());
        return named.isEmpty() ? total : total + " (" + String.join(", ", named) + ")";
    }

    private String leading(Moment now, Heading heading) {
        String leading = now.leading().getOrDefault(heading, "");
        return leading.isEmpty() ? paint.dim("–") : leading;
    }
}

package io.gatehouse.lab.chaos;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people, as Markdown. */
final class ChaosPage {
    private ChaosPage() {}

    static String of(String commit, Instant begun, ChaosSettings settings, ChaosResult result) {
        StringBuilder page = new StringBuilder();
        line(page, "# What came of a run of `gatehouse lab chaos`");
        line(page, "");
        line(page, "Written by the run itself.");
        line(page, "");
        line(
                page,
                "Commit `%s`, seed %d, begun %s: %s of faults at %,.0f events/s (%s), %d workers, 3 brokers, %d"
                        + " partitions, Java %s.",
                commit,
                settings.seed(),
                begun.truncatedTo(ChronoUnit.SECONDS),
                minutes(settings),
                settings.rate(),
                settings.isRekeyed() ? "re-keyed on the way" : "keyed by user",
                settings.workers(),
                settings.partitions(),
                System.getProperty("java.version"));
        line(page, "");
        line(page, "**%s.** %s", result.isContent() ? "Content" : "NOT content", verdict(result));
        line(page, "");
        line(page, "![How much came, was done and waited, and when what was broken](chaos.svg)");
        line(page, "");
        Map<String, String> what = settings.faults().stream().collect(Collectors.toMap(Fault::name, Fault::what));
        line(page, "| fault | what | survived | recovery p50 | p99 | max |");
        line(page, "|---|---|---|---|---|---|");
        result.recoveries().forEach((kind, spread) -> line(page, "%s", row(kind, what.get(kind), spread)));
        result.leftOut()
                .forEach((kind, why) -> line(page, "| `%s` | %s | left out: %s | | | |", kind, what.get(kind), why));
        errors(page, result);
        return page.toString();
    }

    private static String minutes(ChaosSettings settings) {
        double minutes = settings.time().toSeconds() / 60.0;
        return String.format(Locale.ROOT, minutes == 1 ? "%.0f minute" : "%.0f minutes", minutes);
    }

    private static String verdict(ChaosResult result) {
        return String.format(
                Locale.ROOT,
                "%,d events checked, field by field; %,d closed sessions, %,d keys of statistics; %d faults survived; of"
                        + " %,d sends Kafka never said whether they were written.%s",
                result.checked(),
                result.report() == null ? 0 : result.report().against().sessions(),
                result.report() == null ? 0 : result.report().against().statistics(),
                result.survived(),
                result.unacknowledged(),
                result.drained() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " When the traffic ended, all was worked off, and no transaction open, after %.1f s.",
                                result.drained().toMillis() / 1000.0));
    }

    /** A line of the table of faults and recoveries; the README quotes them, too. */
    static String row(String kind, String what, Spread spread) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %d | %.1f s | %.1f s | %.1f s |",
                kind,
                what,
                spread.count(),
                spread.p50(),
                spread.p99(),
                spread.max());
    }

    private static void errors(StringBuilder page, ChaosResult result) {
        if (result.isContent()) {
            return;
        }
        line(page, "");
        line(page, "## What is wrong");
        line(page, "");
        result.errors().forEach((kind, count) -> line(page, "- %s: %,d", kind, count));
        line(page, "");
        result.told().forEach(told -> line(page, "    %s", told));
    }

    private static void line(StringBuilder page, String format, Object... values) {
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}

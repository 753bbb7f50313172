package io.gatehouse.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The report for people, as Markdown. */
final class ComparePage {
    private static final String COPY = "copy-";

    private final List<String> lines = new ArrayList<>();

    /**
     * What a table tells of a contestant.
     *
     * @param share of what the copy of the same input comes to; NaN where no copy was measured
     * @param isOut whether its results were wrong
     */
    record Row(
            String title,
            String guarantee,
            String input,
            Standing.Spread eventsPerSecond,
            Standing.Spread contestantMicros,
            Standing.Spread brokerMicros,
            Standing.Spread peakMegabytes,
            double share,
            boolean isOut) {}

    private ComparePage() {}

    static String of(Stamp stamp, CompareSettings settings, List<Standing> standings) {
        ComparePage page = new ComparePage();
        page.head(stamp, settings);
        List<Row> rows =
                standings.stream().map(standing -> row(standing, standings)).toList();
        for (Guarantee guarantee : Guarantee.values()) {
            page.section(guarantee, rows);
        }
        page.add("![Committed events a second](compare.svg)", "");
        page.sweep(standings);
        page.wrong(standings);
        return String.join("\n", page.lines) + "\n";
    }

    private static Row row(Standing standing, List<Standing> all) {
        Contestant contestant = standing.contestant();
        double copy = all.stream()
                .filter(other -> other.contestant().name().startsWith(COPY)
                        && other.contestant().key() == contestant.key())
                .mapToDouble(other -> other.eventsPerSecond().median())
                .findFirst()
                .orElse(Double.NaN);
        return new Row(
                contestant.title(),
                contestant.guarantee().words(),
                contestant.hasTwoStages() ? "rekey" : "keyed",
                standing.eventsPerSecond(),
                standing.contestantMicros(),
                standing.brokerMicros(),
                standing.peakMegabytes(),
                standing.eventsPerSecond().median() / copy,
                standing.difference() != null);
    }

    private void head(Stamp stamp, CompareSettings settings) {
        lines.addAll(stamp.head(
                "compare",
                String.format(
                        Locale.ROOT,
                        " %,d events of %,d users in %d partitions; %d rounds, %d s counted after %d s that are not; %d MB of"
                                + " heap each, a commit or checkpoint each %d ms.",
                        settings.events(),
                        settings.users(),
                        settings.partitions(),
                        settings.rounds(),
                        settings.timing().counted().toSeconds(),
                        settings.timing().warmUp().toSeconds(),
                        settings.heapMegabytes(),
                        settings.commitInterval().toMillis())));
    }

    private void section(Guarantee guarantee, List<Row> rows) {
        List<Row> some = rows.stream()
                .filter(row -> row.guarantee().equals(guarantee.words()))
                .toList();
        if (!some.isEmpty()) {
            add("## Each login " + guarantee.words(), "");
            lines.addAll(table(some));
            add("");
        }
    }

    /** A table of contestants, medians first and ranges behind them; the README quotes it, too. */
    static List<String> table(List<Row> rows) {
        List<String> table = new ArrayList<>();
        table.add(
                "| what | input | events/s, committed | of the copy | its CPU µs/event | broker CPU µs/event | peak MB |");
        table.add("|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            table.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %,.0f |",
                    row.title(),
                    row.input(),
                    row.isOut()
                            ? "its results are wrong"
                            : String.format(
                                    Locale.ROOT,
                                    "**%,.0f** (%,.0f to %,.0f)",
                                    row.eventsPerSecond().median(),
                                    row.eventsPerSecond().least(),
                                    row.eventsPerSecond().most()),
                    Double.isNaN(row.share()) ? "" : String.format(Locale.ROOT, "%.2f", row.share()),
                    micros(row.contestantMicros()),
                    micros(row.brokerMicros()),
                    row.peakMegabytes().median()));
        }
        return table;
    }

    private static String micros(Standing.Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", spread.median(), spread.least(), spread.most());
    }

    private void sweep(List<Standing> standings) {
        if (standings.stream().allMatch(standing -> standing.trials().isEmpty())) {
            return;
        }
        add("## What was tried of each", "", "One short round each; what was better than all before it was kept.", "");
        add("| what | variant | events/s |", "|---|---|---|");
        for (Standing standing : standings) {
            standing.trials()
                    .forEach((variant, reached) -> add(String.format(
                            Locale.ROOT,
                            "| %s | %s | %s |",
                            standing.contestant().name(),
                            variant,
                            reached == 0 ? "does not work" : String.format(Locale.ROOT, "%,.0f", reached))));
        }
        add("");
        add("Run with:", "");
        standings.forEach(standing -> add("- " + standing.contestant().name() + ": "
                + new TreeMap<>(standing.contestant().knobs())));
        add("");
    }

    private void wrong(List<Standing> standings) {
        for (Standing standing : standings) {
            if (standing.difference() != null) {
                add("## " + standing.contestant().title() + " is out", "", "    " + standing.difference(), "");
            }
        }
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }
}

package io.gatehouse.app.watch;

import io.gatehouse.app.Paint;
import io.gatehouse.app.Printable;
import io.gatehouse.app.watch.TextTable.Cell;
import io.gatehouse.app.watch.TextTable.Column;
import io.gatehouse.engine.lag.LagReport;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StageLag;
import io.gatehouse.engine.lag.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A report of lag for a terminal: the whole in one line, then each partition, the worst first. */
record LagText(Paint paint, int columns) {
    private static final List<Column> COLUMNS = List.of(
            new Column("partition", true, 9),
            new Column("owner", false, 3),
            new Column("committed", true, 1),
            new Column("end", true, 2),
            new Column("lag", true, 7),
            new Column("in/s", true, 4),
            new Column("out/s", true, 5),
            new Column("verdict", false, 8),
            new Column("drained in", true, 6));

    private static final Comparator<PartitionLag> WORST_FIRST = Comparator.comparing(
                    PartitionLag::verdict, LagReport.WORST_FIRST)
            .thenComparingInt(PartitionLag::partition);

    /** The whole in one line. */
    String headline(LagReport report) {
        List<PartitionLag> lags = report.partitions().toList();
        String each = lags.isEmpty() ? "there are no partitions" : LagWords.counts(lags);
        long waiting = lags.stream().mapToLong(lag -> Math.max(0, lag.lag())).sum();
        String rest = cut(": " + each + ". " + Amounts.of(waiting, "record") + (waiting == 1 ? " waits" : " wait")
                + "; seen for " + Amounts.span(report.observed()));
        return painted(report.verdict(), report.verdict().words().toUpperCase(Locale.ROOT)) + rest;
    }

    /** Stage by stage its partitions, and whatever else is worth a line. */
    List<String> details(LagReport report) {
        List<String> lines = new ArrayList<>();
        report.stages().forEach(stage -> addStage(stage, lines));
        report.processed().stream()
                .filter(end -> !end.stuckFor().isZero())
                .forEach(end -> lines.add(paint.warning(cut("readers of " + Printable.escape(report.processedTopic())
                        + " are held up in partition " + end.partition() + ": " + LagWords.of(end)))));
        return lines;
    }

    private void addStage(StageLag stage, List<String> lines) {
        lines.add("");
        lines.add(cut(stage.stage() + " of " + stage.topic() + ", group "
                + stage.group().id() + " ("
                + Printable.escape(stage.group().state()) + ", "
                + Amounts.of(stage.group().members().size(), "member") + ")"));
        if (stage.partitions().isEmpty()) {
            lines.add(paint.alarm(cut("the topic " + stage.topic() + " does not exist: see 'gatehouse topics check'")));
            return;
        }
        List<PartitionLag> lags =
                stage.partitions().stream().sorted(WORST_FIRST).toList();
        lines.addAll(table(lags));
        lags.stream()
                .filter(lag -> lag.verdict() != Verdict.OK && lag.verdict() != Verdict.UNKNOWN)
                .forEach(lag -> lines.add(cut("partition " + lag.partition() + " " + LagWords.of(lag))));
        lags.stream()
                .filter(lag -> !lag.openFor().isZero())
                .forEach(lag -> lines.add(cut("partition " + lag.partition() + ": "
                        + LagWords.heldBack(lag.open(), Amounts.span(lag.openFor()))
                        + "; a producer has left it open")));
    }

    private List<String> table(List<PartitionLag> lags) {
        TextTable table = new TextTable(COLUMNS, paint::dim);
        lags.forEach(lag -> table.add(List.of(
                Cell.plain(Integer.toString(lag.partition())),
                Cell.plain(lag.owner() == null ? "nobody" : Printable.excerpt(lag.owner())),
                Cell.plain(Amounts.count(lag.committed())),
                Cell.plain(Amounts.count(lag.stableEnd())),
                Cell.plain(Amounts.count(lag.lag())),
                Cell.plain(Amounts.rate(lag.inPerSecond())),
                Cell.plain(Amounts.rate(lag.outPerSecond())),
                new Cell(lag.verdict().words(), text -> painted(lag.verdict(), text)),
                Cell.plain(Amounts.span(lag.secondsToDrain())))));
        return table.lines(columns);
    }

    String painted(Verdict verdict, String text) {
        return switch (verdict) {
            case OK -> paint.good(text);
            case FALLING_BEHIND -> paint.warning(text);
            case STALLED, STOPPED -> paint.alarm(text);
            case UNKNOWN -> paint.dim(text);
        };
    }

    /** A line as wide as the screen at most. */
    String cut(String line) {
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
    }
}

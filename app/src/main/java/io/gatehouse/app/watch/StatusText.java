package io.gatehouse.app.watch;

import io.gatehouse.app.Printable;
import io.gatehouse.app.watch.TextTable.Cell;
import io.gatehouse.app.watch.TextTable.Column;
import io.gatehouse.engine.lag.GroupMember;
import io.gatehouse.engine.lag.StageLag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A status for a terminal, in the order of the questions: is anything wrong, what do instances say, who is there, where. */
record StatusText(LagText lag) {
    private static final List<Column> COLUMNS = List.of(
            new Column("instance", false, 9),
            new Column("state", false, 8),
            new Column("version", false, 1),
            new Column("processed/s", true, 4),
            new Column("dead letters", true, 5),
            new Column("99 % within", true, 6),
            new Column("ledger", true, 3));

    private static final int MOST_MEMBERS = 10;

    List<String> lines(Status status) {
        List<String> lines = new ArrayList<>();
        lines.add(
                status.lag() == null
                        ? lag.paint().alarm(lag.cut("LAG NOT KNOWN: " + status.trouble()))
                        : lag.headline(status.lag()));
        lines.add("");
        lines.addAll(instances(status));
        if (status.lag() != null) {
            lines.addAll(lag.details(status.lag()));
            status.lag().stages().forEach(stage -> addMembers(stage, lines));
        }
        return lines;
    }

    private List<String> instances(Status status) {
        if (status.instances().isEmpty()) {
            return List.of("no instance was asked: name them with --url");
        }
        TextTable table = new TextTable(COLUMNS, lag.paint()::dim);
        status.instances().forEach(instance -> table.add(row(instance)));
        List<String> lines = new ArrayList<>(table.lines(lag.columns()));
        status.instances().forEach(instance -> addWords(instance, lines));
        return lines;
    }

    private List<Cell> row(Instance instance) {
        HealthAnswer health = instance.health();
        return List.of(
                Cell.plain(Printable.excerpt(instance.url().toString())),
                health == null
                        ? new Cell("no answer", lag.paint()::alarm)
                        : new Cell(
                                Printable.excerpt(health.status()),
                                instance.isWell() ? lag.paint()::good : lag.paint()::alarm),
                Cell.plain(health == null ? "-" : Printable.excerpt(health.version())),
                Cell.plain(Amounts.rate(instance.processedPerSecond())),
                Cell.plain(share(instance.deadLetterShare())),
                Cell.plain(age(instance.agePerHundred())),
                new Cell(
                        Double.isNaN(instance.ledgerDifference())
                                ? "-"
                                : Amounts.count((long) instance.ledgerDifference()),
                        instance.ledgerDifference() > 0 ? lag.paint()::alarm : text -> text));
    }

    private static String share(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String age(double seconds) {
        return Double.isInfinite(seconds) ? "too long" : Amounts.span(seconds);
    }

    private void addWords(Instance instance, List<String> lines) {
        String name = Printable.excerpt(instance.url().toString());
        if (instance.health() == null) {
            lines.add(lag.cut(name + ": " + Printable.excerpt(instance.trouble())));
            return;
        }
        instance.health()
                .reasons()
                .forEach(reason -> lines.add(lag.paint().alarm(lag.cut(name + ": " + Printable.escape(reason)))));
        instance.health()
                .warnings()
                .forEach(warning ->
                        lines.add(lag.paint().warning(lag.cut(name + ": warning: " + Printable.escape(warning)))));
    }

    private void addMembers(StageLag stage, List<String> lines) {
        List<GroupMember> members = stage.group().members();
        lines.add("");
        if (members.isEmpty()) {
            lines.add(lag.paint()
                    .alarm(lag.cut("nobody is in the group " + stage.group().id())));
            return;
        }
        lines.add(lag.cut("members of " + stage.group().id()));
        members.stream().limit(MOST_MEMBERS).forEach(member -> lines.add(lag.cut("  " + told(member))));
        if (members.size() > MOST_MEMBERS) {
            lines.add("  … and " + (members.size() - MOST_MEMBERS) + " more");
        }
    }

    private static String told(GroupMember member) {
        String partitions = member.partitions().stream()
                .map(partition -> partition.partition())
                .sorted()
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        return Printable.excerpt(member.clientId()) + " at " + Printable.excerpt(member.host()) + ": "
                + (partitions.isEmpty() ? "stands by" : "partitions " + partitions);
    }
}

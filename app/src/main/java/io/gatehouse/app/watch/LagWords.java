package io.gatehouse.app.watch;

import io.gatehouse.engine.lag.LagReport;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StableEnd;
import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A lag in words, each a sentence's end: its subject comes before. */
public final class LagWords {
    private LagWords() {}

    /** For example {@code falls behind: 12,400 records wait, 300 more each second}. */
    public static String of(PartitionLag lag) {
        return switch (lag.verdict()) {
            case OK -> "is ok";
            case FALLING_BEHIND ->
                "falls behind: " + waiting(lag) + ", " + Amounts.rate(lag.growthPerSecond()) + " more each second";
            case STALLED ->
                lag.committed() < 0
                        ? "is stalled: it has an owner, who has committed nothing for " + Amounts.span(lag.still())
                        : "is stalled: " + waiting(lag) + ", and nothing has been committed for "
                                + Amounts.span(lag.still());
            case STOPPED -> "is stopped: nobody owns it" + (lag.lag() > 0 ? ", and " + waiting(lag) : "");
            case UNKNOWN -> "has no trend yet";
        };
    }

    /** How many there are of each verdict, the worst first: {@code 1 stalled, 3 ok}. */
    public static String counts(Collection<PartitionLag> lags) {
        return lags.stream()
                .collect(Collectors.groupingBy(
                        PartitionLag::verdict, () -> new TreeMap<>(LagReport.WORST_FIRST), Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getValue() + " " + count.getKey().words())
                .collect(Collectors.joining(", "));
    }

    private static String waiting(PartitionLag lag) {
        return lag.lag() == 1 ? "1 record waits" : Amounts.count(lag.lag()) + " records wait";
    }

    /** For example {@code an open transaction has kept back 12 records for 75 s}. */
    public static String of(StableEnd end) {
        return heldBack(end.heldBack(), Amounts.span(end.stuckFor()));
    }

    static String heldBack(long records, String span) {
        return "an open transaction has kept back " + Amounts.of(records, "record") + " for " + span;
    }
}

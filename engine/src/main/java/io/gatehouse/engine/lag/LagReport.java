package io.gatehouse.engine.lag;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lag of a whole group of instances at one moment.
 *
 * @param observed over how long it has been looked at
 * @param stages in a login's order; the last one judges
 * @param processedTopic where results go
 * @param processed how far its readers come; empty when there is no such topic
 */
public record LagReport(Duration observed, List<StageLag> stages, String processedTopic, List<StableEnd> processed) {
    /** In the order in which somebody should look at them. */
    public static final Comparator<Verdict> WORST_FIRST = Comparator.comparingInt(
            List.of(Verdict.STOPPED, Verdict.STALLED, Verdict.FALLING_BEHIND, Verdict.UNKNOWN, Verdict.OK)::indexOf);

    /** All partitions of all stages. */
    public Stream<PartitionLag> partitions() {
        return stages.stream().flatMap(stage -> stage.partitions().stream());
    }

    /** The worst of all partitions; unknown where there are none. */
    public Verdict verdict() {
        return partitions().map(PartitionLag::verdict).min(WORST_FIRST).orElse(Verdict.UNKNOWN);
    }

    /** Whether nobody needs to do anything: all partitions are ok. */
    public boolean isWell() {
        return verdict() == Verdict.OK;
    }

    /** Whether nothing waits anywhere: no trend could tell more. */
    public boolean isDrained() {
        return isWell() && partitions().allMatch(lag -> lag.lag() == 0);
    }
}

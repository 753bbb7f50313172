package io.gatehouse.app.metrics;

import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What each partition is doing that this process owns. */
final class PartitionMeters {
    private PartitionMeters() {}

    static void add(EngineStatus now, Figures page) {
        page.gauges(
                "gatehouse_lag_records",
                "Records between the committed position and the end; NaN when not known",
                now.partitions(),
                PartitionMeters::label,
                PartitionMeters::lag);
        page.gauges(
                "gatehouse_routing_lag_records",
                "Records of the input not yet routed, where it is re-keyed; NaN when not known",
                now.routing().partitions(),
                PartitionMeters::label,
                PartitionMeters::lag);
        page.gauges(
                "gatehouse_restore_remaining_records",
                "Journal records still to be restored",
                now.partitions(),
                PartitionMeters::label,
                PartitionStatus::restoring);
        heldBack(now, page);
        page.gauges(
                "gatehouse_partition_users",
                "Users remembered",
                now.partitions(),
                PartitionMeters::label,
                PartitionStatus::users);
        page.counters(
                "gatehouse_misplaced_total",
                "Records not keyed by their user",
                now.partitions(),
                PartitionMeters::label,
                PartitionStatus::misplaced);
        page.gauges(
                "gatehouse_journal_bytes",
                "Bytes that the journal holds",
                now.partitions(),
                PartitionMeters::label,
                PartitionStatus::journalBytes);
    }

    /** Where the input is re-keyed, a number is that of two partitions, either of which may stand still. */
    private static void heldBack(EngineStatus now, Figures page) {
        Map<Integer, Integer> heldBack = new TreeMap<>();
        Stream.concat(now.partitions().stream(), now.routing().partitions().stream())
                .forEach(each -> heldBack.merge(each.partition(), each.trouble() == null ? 0 : 1, Math::max));
        page.gauges(
                "gatehouse_held_back",
                "1 where somebody must act before the partition goes on",
                heldBack.entrySet(),
                each -> Labels.of("partition", each.getKey().toString()),
                Map.Entry::getValue);
    }

    private static Labels label(PartitionStatus partition) {
        return Labels.of("partition", Integer.toString(partition.partition()));
    }

    private static double lag(PartitionStatus partition) {
        return partition.lag() < 0 ? Double.NaN : partition.lag();
    }
}

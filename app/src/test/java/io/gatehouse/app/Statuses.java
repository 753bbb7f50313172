package io.gatehouse.app;

import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.Work;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.Histogram;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.lag.LagStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Engine statuses as tests need them. */
public final class Statuses {
    private Statuses() {}

    public static EngineStatus of(List<WorkerStatus> workers, List<PartitionStatus> partitions) {
        return of(workers, partitions, tally(0, Map.of()));
    }

    public static EngineStatus withLedger(Ledger ledger) {
        EngineStatus of = counting(0, Map.of());
        return new EngineStatus(
                of.workers(),
                of.partitions(),
                of.routing(),
                of.lag(),
                of.users(),
                of.maxUsers(),
                of.evicted(),
                List.of(ledger),
                of.work(),
                of.longestTurn(),
                of.tally());
    }

    /** @param partitions of the input; the by-user topic has as many, without trouble */
    public static EngineStatus rekeyed(List<PartitionStatus> partitions) {
        List<PartitionStatus> judged = partitions.stream()
                .map(each -> partition(each.partition(), null, 0))
                .toList();
        EngineStatus of = of(List.of(worker(WorkerState.RUNNING, null)), judged);
        List<Ledger> ledgers =
                partitions.stream().map(each -> Ledger.empty(each.partition())).toList();
        return new EngineStatus(
                of.workers(),
                judged,
                new EngineStatus.RoutingStatus(
                        "rekey",
                        "keys are random",
                        List.of(worker(WorkerState.RUNNING, null)),
                        partitions,
                        ledgers,
                        Work.NONE),
                of.lag(),
                of.users(),
                of.maxUsers(),
                of.evicted(),
                ledgers,
                of.work(),
                of.longestTurn(),
                of.tally());
    }

    public static EngineStatus counting(long accepted, Map<String, Long> refused) {
        return of(List.of(worker(WorkerState.RUNNING, null)), List.of(partition(3, null, 0)), tally(accepted, refused));
    }

    /** A running worker, its partitions, and what their lag means. */
    public static EngineStatus lagging(LagStatus lag, PartitionStatus... partitions) {
        return of(List.of(worker(WorkerState.RUNNING, null)), List.of(partitions), lag, tally(0, Map.of()));
    }

    private static EngineStatus of(List<WorkerStatus> workers, List<PartitionStatus> partitions, TallySnapshot tally) {
        return of(workers, partitions, LagStatus.UNKNOWN, tally);
    }

    private static EngineStatus of(
            List<WorkerStatus> workers, List<PartitionStatus> partitions, LagStatus lag, TallySnapshot tally) {
        return new EngineStatus(
                workers,
                partitions,
                EngineStatus.RoutingStatus.UNKNOWN,
                lag,
                42,
                1000,
                3,
                List.of(new Ledger(3, 1003, 1000, 3, 0)),
                work(),
                Duration.ofSeconds(60),
                tally);
    }

    private static Work work() {
        return new Work(
                new Histogram(List.of(0.25, Double.POSITIVE_INFINITY), List.of(999L, 4L), 120),
                new Histogram(List.of(0.025, Double.POSITIVE_INFINITY), List.of(9L, 1L), 0.3),
                new Histogram(List.of(0.001, Double.POSITIVE_INFINITY), List.of(10L, 0L), 0.004),
                6,
                OptionalLong.of(System.nanoTime()));
    }

    public static TallySnapshot tally(long accepted, Map<String, Long> refused) {
        return new TallySnapshot(accepted, refused, 5, 6, 4, 7, 8, 9);
    }

    public static WorkerStatus worker(WorkerState state, String trouble) {
        return new WorkerStatus(0, state, trouble, 10, 1, 2, System.nanoTime());
    }

    public static PartitionStatus partition(int number, String trouble, long restoring) {
        return new PartitionStatus(number, trouble, restoring, 1000, 17, 42, 0, 4096);
    }
}

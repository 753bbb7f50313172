package io.gatehouse.app.metrics;

import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What the workers do. */
final class WorkerMeters {
    private WorkerMeters() {}

    static void add(EngineStatus now, Figures page) {
        List<WorkerStatus> workers = now.workers();
        page.counter("gatehouse_commits_total", "Transactions committed", sum(workers, WorkerStatus::commits));
        page.counter("gatehouse_aborts_total", "Transactions aborted", sum(workers, WorkerStatus::aborts));
        page.counter(
                "gatehouse_rebalances_total",
                "Changes of the partitions owned",
                sum(workers, WorkerStatus::rebalances));
        page.gauges(
                "gatehouse_workers",
                "Workers, by state",
                List.of(WorkerState.values()),
                state -> Labels.of("state", state.name().toLowerCase(Locale.ROOT)),
                state -> sum(workers, worker -> worker.state() == state ? 1 : 0));
    }

    private static long sum(List<WorkerStatus> workers, ToLongFunction<WorkerStatus> value) {
        return workers.stream().mapToLong(value).sum();
    }
}

package io.gatehouse.app.metrics;

import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the threads do that judge, and those that route where the input is re-keyed. */
final class WorkerMeters {
    private WorkerMeters() {}

    static void add(EngineStatus now, Figures page) {
        List<WorkerStatus> all = Stream.concat(now.workers().stream(), now.routing().workers().stream())
                .toList();
        page.counter("gatehouse_commits_total", "Transactions committed", sum(all, WorkerStatus::commits));
        page.counter("gatehouse_aborts_total", "Transactions aborted", sum(all, WorkerStatus::aborts));
        page.counter(
                "gatehouse_rebalances_total", "Changes of the partitions owned", sum(all, WorkerStatus::rebalances));
        states("gatehouse_workers", "Workers, by state", now.workers(), page);
        if (!now.routing().workers().isEmpty()) {
            states(
                    "gatehouse_routers",
                    "Workers that re-key, by state",
                    now.routing().workers(),
                    page);
        }
    }

    private static void states(String name, String help, List<WorkerStatus> workers, Figures page) {
        page.gauges(
                name,
                help,
                List.of(WorkerState.values()),
                state -> Labels.of("state", state.name().toLowerCase(Locale.ROOT)),
                state -> sum(workers, worker -> worker.state() == state ? 1 : 0));
    }

    private static long sum(List<WorkerStatus> workers, ToLongFunction<WorkerStatus> value) {
        return workers.stream().mapToLong(value).sum();
    }
}

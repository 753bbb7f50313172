package io.gatehouse.app;

import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import java.util.List;
import java.util.Map;

/** Engine statuses as tests need them. */
public final class Statuses {
    private Statuses() {}

    public static EngineStatus of(List<WorkerStatus> workers, List<PartitionStatus> partitions) {
        return new EngineStatus(workers, partitions, EngineStatus.RoutingStatus.UNKNOWN, 42, 3, tally(0, Map.of()));
    }

    public static EngineStatus counting(long accepted, Map<String, Long> refused) {
        return new EngineStatus(
                List.of(worker(WorkerState.RUNNING, null)),
                List.of(partition(3, null, 0)),
                EngineStatus.RoutingStatus.UNKNOWN,
                42,
                3,
                tally(accepted, refused));
    }

    public static TallySnapshot tally(long accepted, Map<String, Long> refused) {
        return new TallySnapshot(accepted, refused, 5, 6, 7, 8, 9);
    }

    public static WorkerStatus worker(WorkerState state, String trouble) {
        return new WorkerStatus(0, state, trouble, 10, 1, 2, System.nanoTime());
    }

    public static PartitionStatus partition(int number, String trouble, long restoring) {
        return new PartitionStatus(number, trouble, restoring, 1000, 17, 42, 0, 4096);
    }
}

package io.gatehouse.app.http;

import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two answers drawn from the engine's status.
 *
 * <p><b>Live</b>: restarting this process would not help. Only a worker whose thread has died, or that has not come round
 * for a minute, says otherwise; an outage of Kafka does not, for that is waited out.
 *
 * <p><b>Ready</b>: this process does its share. Every worker runs, and no partition it owns is still being restored or
 * held back. A worker without partitions is ready: it is there to take over.
 *
 * @param notLive why a restart is called for; empty when it is not
 * @param notReady why the share is not done yet; empty when it is
 * @param warnings what somebody should look at, though the work goes on
 */
record Health(List<String> notLive, List<String> notReady, List<String> warnings) {
    /** Longer than any bounded call of the Kafka clients (15 s) takes, twice over. */
    static final Duration STUCK = Duration.ofSeconds(60);

    static Health of(EngineStatus status, long nowNs) {
        Health health = new Health(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        status.workers().forEach(worker -> health.consider("worker ", worker, nowNs));
        status.partitions().forEach(partition -> health.consider("partition ", partition));
        status.routing().workers().forEach(router -> health.consider("router ", router, nowNs));
        status.routing().partitions().forEach(partition -> health.consider("input partition ", partition));
        return health;
    }

    boolean isLive() {
        return notLive.isEmpty();
    }

    boolean isReady() {
        return isLive() && notReady.isEmpty();
    }

    private void consider(String role, WorkerStatus worker, long nowNs) {
        String name = role + worker.worker();
        if (worker.state() == WorkerState.DEAD) {
            notLive.add(name + " has died of a defect; the log has its trace");
        } else if (worker.state() != WorkerState.STOPPED && nowNs - worker.lastTurnNs() > STUCK.toNanos()) {
            notLive.add(name + " has not come round for "
                    + Duration.ofNanos(nowNs - worker.lastTurnNs()).toSeconds() + " s");
        }
        switch (worker.state()) {
            case STARTING -> notReady.add(name + " is starting");
            case TROUBLED -> notReady.add(name + " waits: " + worker.trouble());
            case STOPPED -> notReady.add(name + " has stopped");
            default -> {}
        }
    }

    private void consider(String role, PartitionStatus partition) {
        String name = role + partition.partition();
        if (partition.trouble() != null) {
            notReady.add(name + " is held back: " + partition.trouble());
        } else if (partition.restoring() > 0) {
            notReady.add(name + " is being restored, " + partition.restoring() + " records to go");
        }
        if (partition.misplaced() > 0) {
            warnings.add(name + ": " + partition.misplaced()
                    + " records are not keyed by user_id as Kafka's default partitioner does it; their users' memory"
                    + " may be spread over partitions");
        }
    }
}

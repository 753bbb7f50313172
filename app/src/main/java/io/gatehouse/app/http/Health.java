package io.gatehouse.app.http;

import io.gatehouse.app.watch.LagWords;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StableEnd;
import io.gatehouse.engine.lag.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two answers drawn from the engine's status.
 *
 * <p><b>Live</b>: restarting this process would not help. Only a thread that has died, or that has not come round for longer
 * than a turn may take while Kafka does not answer, says otherwise: be it a worker, a router, or the chooser, who stands in
 * for them before they can begin. An outage of Kafka, a rebalance or a restore does not, for that is waited out.
 *
 * <p><b>Ready</b>: this process does its share. Every worker runs, and no partition it owns is still being restored, held
 * back or stalled. A worker without partitions is ready: it is there to take over. One whose partitions fall behind is, too:
 * it does what it can.
 *
 * @param notLive why a restart is called for; empty when it is not
 * @param notReady why the share is not done yet; empty when it is
 * @param warnings what somebody should look at, though the work goes on
 */
record Health(List<String> notLive, List<String> notReady, List<String> warnings) {
    /** Brokers end the transaction of a dead instance after 10 s by default: this one hangs. */
    private static final Duration HELD_UP = Duration.ofSeconds(60);

    static Health of(EngineStatus status, long nowNs) {
        Health health = new Health(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Turn turn = new Turn(nowNs, status.longestTurn());
        status.workers().forEach(worker -> health.consider("worker ", worker, turn));
        status.partitions().forEach(partition -> health.consider("partition ", partition));
        status.routing().workers().forEach(router -> health.consider("router ", router, turn));
        status.routing().partitions().forEach(partition -> health.consider("input partition ", partition));
        status.ledgers().forEach(ledger -> health.consider("partition ", ledger));
        status.routing().ledgers().forEach(ledger -> health.consider("input partition ", ledger));
        health.consider("partition ", status.partitions(), status.lag().judged());
        health.consider(
                "input partition ", status.routing().partitions(), status.lag().routed());
        status.lag().processed().forEach(health::consider);
        return health;
    }

    boolean isLive() {
        return notLive.isEmpty();
    }

    boolean isReady() {
        return isLive() && notReady.isEmpty();
    }

    /** @param longest what a turn may take */
    private record Turn(long nowNs, Duration longest) {
        private Duration since(WorkerStatus worker) {
            return Duration.ofNanos(nowNs - worker.lastTurnNs());
        }
    }

    private void consider(String role, WorkerStatus worker, Turn turn) {
        String name = role + worker.worker();
        if (worker.state() == WorkerState.DEAD) {
            notLive.add(name + " has died of a defect; the log has its trace");
        } else if (worker.state() != WorkerState.STOPPED && turn.since(worker).compareTo(turn.longest()) > 0) {
            notLive.add(name + " has not come round for " + turn.since(worker).toSeconds() + " s");
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

    private void consider(String role, Ledger ledger) {
        if (ledger.difference() != 0) {
            warnings.add(role + ledger.partition() + ": the ledger differs by " + ledger.difference() + ". Of "
                    + ledger.in() + " records taken since the start, " + ledger.out() + " results and "
                    + ledger.deadLetters()
                    + " dead letters are committed. That is a defect of Gatehouse: keep the logs of"
                    + " all instances, let 'gatehouse lab check' say which events are concerned, and report it");
        }
    }

    /** Of a partition that is held back or being restored it is said already why it stands still. */
    private void consider(String role, List<PartitionStatus> partitions, List<PartitionLag> lags) {
        for (PartitionLag lag : lags) {
            boolean works = partitions.stream()
                    .anyMatch(partition -> partition.partition() == lag.partition()
                            && partition.trouble() == null
                            && partition.restoring() == 0);
            String words = role + lag.partition() + " " + LagWords.of(lag);
            if (works && lag.verdict() == Verdict.STALLED) {
                notReady.add(words);
            } else if (works && lag.verdict() == Verdict.FALLING_BEHIND) {
                warnings.add(words);
            }
        }
    }

    private void consider(StableEnd end) {
        if (end.stuckFor().compareTo(HELD_UP) >= 0) {
            warnings.add("readers of committed results are held up in partition " + end.partition()
                    + " of the processed topic: " + LagWords.of(end));
        }
    }
}

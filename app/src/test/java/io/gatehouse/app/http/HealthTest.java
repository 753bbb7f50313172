package io.gatehouse.app.http;

import static io.gatehouse.app.Statuses.partition;
import static io.gatehouse.app.Statuses.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Lags;
import io.gatehouse.app.Statuses;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.lag.LagStatus;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StableEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void aRunningWorkerIsReadyWithPartitionsAndWithout() {
        assertThat(health(worker(WorkerState.RUNNING, null), partition(0, null, 0))
                        .isReady())
                .isTrue();
        assertThat(health(worker(WorkerState.RUNNING, null)).isReady()).isTrue();
    }

    @Test
    void anOutageIsLiveButNotReady() {
        Health health = health(worker(WorkerState.TROUBLED, "no broker answers"));

        assertThat(health.isLive()).isTrue();
        assertThat(health.isReady()).isFalse();
        assertThat(health.notReady()).containsExactly("worker 0 waits: no broker answers");
    }

    @Test
    void aStartingWorkerIsNotReadyYet() {
        assertThat(health(worker(WorkerState.STARTING, null)).isReady()).isFalse();
        assertThat(health(worker(WorkerState.STARTING, null)).isLive()).isTrue();
    }

    @Test
    void aDeadWorkerIsNotLive() {
        assertThat(health(worker(WorkerState.DEAD, null)).isLive()).isFalse();
    }

    @Test
    void aWorkerThatTakesLongerThanATurnMayIsNotLive() {
        EngineStatus status = Statuses.of(List.of(worker(WorkerState.RUNNING, null)), List.of());
        long longestNs = status.longestTurn().toNanos();
        long lastTurnNs = status.workers().get(0).lastTurnNs();

        assertThat(Health.of(status, lastTurnNs + longestNs).isLive()).isTrue();
        assertThat(Health.of(status, lastTurnNs + longestNs + 1).notLive())
                .containsExactly("worker 0 has not come round for 60 s");
    }

    @Test
    void aRouterThatIsStuckOrDeadIsNotLiveEither() {
        EngineStatus status = Statuses.rekeyed(List.of());
        long lastTurnNs = status.routing().workers().get(0).lastTurnNs();

        assertThat(Health.of(status, lastTurnNs + Duration.ofHours(1).toNanos()).notLive())
                .contains("router 0 has not come round for 3600 s");
    }

    @Test
    void aLedgerThatDiffersIsAWarningThatNamesThePartitionAndSaysWhatToDo() {
        EngineStatus status = Statuses.withLedger(new Ledger(7, 10, 8, 1, 1));
        Health health = Health.of(status, System.nanoTime());

        assertThat(health.isReady()).isTrue();
        assertThat(health.warnings())
                .singleElement()
                .asString()
                .startsWith("partition 7: the ledger differs by 1. Of 10 records taken")
                .contains("keep the logs", "gatehouse lab check");
    }

    @Test
    void aPartitionThatIsRestoredOrHeldBackKeepsItFromBeingReady() {
        assertThat(health(worker(WorkerState.RUNNING, null), partition(2, null, 5))
                        .notReady())
                .containsExactly("partition 2 is being restored, 5 records to go");
        assertThat(health(worker(WorkerState.RUNNING, null), partition(2, "offsets and state disagree", 0))
                        .notReady())
                .containsExactly("partition 2 is held back: offsets and state disagree");
    }

    @Test
    void misplacedRecordsAreAWarningAndNoMore() {
        Health health = health(worker(WorkerState.RUNNING, null), new PartitionStatus(1, null, 0, 0, 0, 0, 3, 0));

        assertThat(health.isReady()).isTrue();
        assertThat(health.warnings()).singleElement().asString().startsWith("partition 1: 3 records are not keyed");
    }

    @Test
    void aStalledPartitionKeepsItFromBeingReady() {
        Health health = health(List.of(Lags.stalled(2)), partition(2, null, 0));

        assertThat(health.notReady())
                .containsExactly(
                        "partition 2 is stalled: 12,400 records wait, and nothing has been committed for 45 s");
        assertThat(health.isLive()).isTrue();
    }

    @Test
    void aPartitionThatIsHeldBackIsNotCalledStalledBesides() {
        assertThat(health(List.of(Lags.stalled(2)), partition(2, "offsets and state disagree", 0))
                        .notReady())
                .containsExactly("partition 2 is held back: offsets and state disagree");
    }

    @Test
    void aPartitionThatFallsBehindIsAWarningForMoreInstancesAreTheCure() {
        Health health = health(List.of(Lags.fallingBehind(3)), partition(3, null, 0));

        assertThat(health.isReady()).isTrue();
        assertThat(health.warnings())
                .containsExactly("partition 3 falls behind: 12,400 records wait, 300 more each second");
    }

    @Test
    void readersWhomAHangingTransactionHoldsUpAreAWarning() {
        StableEnd soon = new StableEnd(0, 5, Duration.ofSeconds(59));
        StableEnd hanging = new StableEnd(1, 5, Duration.ofSeconds(75));
        EngineStatus status = Statuses.lagging(new LagStatus(List.of(), List.of(), List.of(soon, hanging)));

        assertThat(Health.of(status, System.nanoTime()).warnings())
                .containsExactly("readers of committed results are held up in partition 1 of the processed topic:"
                        + " an open transaction has kept back 5 records for 75 s");
    }

    private static Health health(List<PartitionLag> lags, PartitionStatus partition) {
        EngineStatus status = Statuses.lagging(new LagStatus(lags, List.of(), List.of()), partition);
        return Health.of(status, System.nanoTime());
    }

    private static Health health(WorkerStatus worker, PartitionStatus... partitions) {
        return Health.of(Statuses.of(List.of(worker), List.of(partitions)), System.nanoTime());
    }
}

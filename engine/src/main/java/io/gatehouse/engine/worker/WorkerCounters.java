package io.gatehouse.engine.worker;

import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineStatus.Work;
import io.gatehouse.engine.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What a worker has done since it was made, over all its shifts. Written by its thread, read by any. */
final class WorkerCounters {
    private static final double NS_PER_SECOND = 1e9;

    private final Durations eventAges = new Durations(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300);
    private final Durations commitTimes = new Durations(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15);
    private final Durations batchTimes = new Durations(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25);
    private final Map<Integer, Ledger> ledgers = new ConcurrentHashMap<>();
    private volatile OptionalLong lastRecordNs = OptionalLong.empty();
    private volatile long sweepRounds;
    private volatile long commits;
    private volatile long aborts;
    private volatile long rebalances;
    private volatile List<PartitionJudge> judges = List.of();
    private volatile TallySnapshot retired = TallySnapshot.merge(List.of());

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countCommit(long tookNs) {
        commits++;
        commitTimes.add(tookNs / NS_PER_SECOND);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countAbort() {
        aborts++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countRebalance() {
        rebalances++;
    }

    void countBatch(long tookNs) {
        batchTimes.add(tookNs / NS_PER_SECOND);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countSweepRound() {
        sweepRounds++;
    }

    /** Records have been polled. */
    void takesRecords(long nowNs) {
        lastRecordNs = OptionalLong.of(nowNs);
    }

    /** Enters what a commit has brought of a partition. */
    void count(Ledger committed) {
        ledgers.merge(committed.partition(), committed, Ledger::plus);
    }

    /** The judges at work now. */
    void publishJudges(List<PartitionJudge> atWork) {
        judges = atWork;
    }

    /** Keeps the counts of a partition that is given away; its users are not ours to count any more. */
    void retire(TallySnapshot tally) {
        retired = TallySnapshot.merge(List.of(retired, tally.withoutActiveSessions()));
    }

    long commits() {
        return commits;
    }

    long aborts() {
        return aborts;
    }

    long rebalances() {
        return rebalances;
    }

    /** From the records' timestamps to the commit of what came of them. */
    Durations eventAges() {
        return eventAges;
    }

    List<Ledger> ledgers() {
        return List.copyOf(ledgers.values());
    }

    Work work() {
        return new Work(eventAges.snapshot(), commitTimes.snapshot(), batchTimes.snapshot(), sweepRounds, lastRecordNs);
    }

    TallySnapshot tally() {
        List<TallySnapshot> parts = new ArrayList<>();
        parts.add(retired);
        judges.forEach(judge -> parts.add(judge.tally()));
        return TallySnapshot.merge(parts);
    }
}

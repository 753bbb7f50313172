package io.gatehouse.engine.worker;

import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.tally.TallySnapshot;
import java.util.ArrayList;
import java.util.List;

/** What a worker has done since it was made, over all its shifts. Written by its thread, read by any. */
final class WorkerCounters {
    private volatile long commits;
    private volatile long aborts;
    private volatile long rebalances;
    private volatile List<PartitionJudge> judges = List.of();
    private volatile TallySnapshot retired = TallySnapshot.merge(List.of());

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countCommit() {
        commits++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countAbort() {
        aborts++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countRebalance() {
        rebalances++;
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

    TallySnapshot tally() {
        List<TallySnapshot> parts = new ArrayList<>();
        parts.add(retired);
        judges.forEach(judge -> parts.add(judge.tally()));
        return TallySnapshot.merge(parts);
    }
}

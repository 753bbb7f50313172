package io.gatehouse.engine;

import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.lag.LagStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the engine is doing, read at one moment.
 *
 * @param workers one entry a worker thread
 * @param partitions one entry an owned partition
 * @param routing how users find their partition, and the stage that takes them there
 * @param lag what the lag of the owned partitions means
 * @param users users remembered by this instance
 * @param maxUsers how many it may remember
 * @param evicted users forgotten because the instance may not remember more
 * @param ledgers one for each partition that this instance has ever judged, in their order
 * @param work what all workers have done, routers not counted
 * @param longestTurn what a worker's turn may take while Kafka does not answer; it is stuck after that
 * @param tally all that was judged since the start, all partitions merged
 */
public record EngineStatus(
        List<WorkerStatus> workers,
        List<PartitionStatus> partitions,
        RoutingStatus routing,
        LagStatus lag,
        long users,
        long maxUsers,
        long evicted,
        List<Ledger> ledgers,
        Work work,
        Duration longestTurn,
        TallySnapshot tally) {

    /**
     * How users find their partition.
     *
     * @param choice {@code keyed} or {@code rekey}; null until it is known
     * @param why it is this one, in words; null until it is known
     * @param workers those that route, where it is {@code rekey}
     * @param partitions of the input, where it is {@code rekey}; those that are judged are the by-user topic's then
     * @param ledgers one for each partition that this instance has ever routed, in their order
     * @param work what all routers have done
     */
    public record RoutingStatus(
            String choice,
            String why,
            List<WorkerStatus> workers,
            List<PartitionStatus> partitions,
            List<Ledger> ledgers,
            Work work) {
        /** Nothing is chosen yet. */
        public static final RoutingStatus UNKNOWN =
                new RoutingStatus(null, null, List.of(), List.of(), List.of(), Work.NONE);
    }

    /**
     * What workers have done since the process began, and how long that took.
     *
     * @param eventAges from the records' timestamps to the commit of what came of them
     * @param commits from the beginning of a commit until it was known to have come through
     * @param batches judging and sending
     * @param sweepRounds rounds of the journals' sweep ended
     * @param lastRecordNs {@link System#nanoTime} when records were taken last; empty before the first
     */
    public record Work(
            Histogram eventAges, Histogram commits, Histogram batches, long sweepRounds, OptionalLong lastRecordNs) {
        /** There are no workers. */
        public static final Work NONE =
                new Work(Histogram.NONE, Histogram.NONE, Histogram.NONE, 0, OptionalLong.empty());

        /** Both together. */
        public Work plus(Work other) {
            return new Work(
                    eventAges.plus(other.eventAges),
                    commits.plus(other.commits),
                    batches.plus(other.batches),
                    sweepRounds + other.sweepRounds,
                    later(lastRecordNs, other.lastRecordNs));
        }

        private static OptionalLong later(OptionalLong one, OptionalLong other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.isEmpty() ? other : one;
            }
            return one.getAsLong() - other.getAsLong() < 0 ? other : one;
        }
    }

    /** What a worker is doing. */
    public enum WorkerState {
        STARTING,
        RUNNING,
        /** Waiting before it tries again; {@link WorkerStatus#trouble} says why. */
        TROUBLED,
        STOPPED,
        /** Its thread ended by a defect. */
        DEAD
    }

    /**
     * @param trouble what stands in the way and what to do about it; null when nothing does
     * @param lastTurnNs {@link System#nanoTime} when its duty cycle last came round: a stuck worker's stands still
     */
    public record WorkerStatus(
            int worker,
            WorkerState state,
            String trouble,
            long commits,
            long aborts,
            long rebalances,
            long lastTurnNs) {}

    /**
     * @param restoring journal records still to be read before the partition is worked on; 0 when it is
     * @param position next offset to read
     * @param lag records between position and the partition's end; -1 when not known
     * @param trouble why this partition is held back and what to do about it; null when it is not
     * @param misplaced records whose key is not their user or which lie in another partition than the default
     *     partitioner's
     */
    public record PartitionStatus(
            int partition,
            String trouble,
            long restoring,
            long position,
            long lag,
            long users,
            long misplaced,
            long journalBytes) {}
}

package io.gatehouse.engine;

import io.gatehouse.core.tally.TallySnapshot;
import java.util.List;

/**
 * What the engine is doing, read at one moment.
 *
 * @param workers one entry a worker thread
 * @param partitions one entry an owned partition
 * @param routing how users find their partition, and the stage that takes them there
 * @param users users remembered by this instance
 * @param evicted users forgotten because the instance may not remember more
 * @param tally all that was judged since the start, all partitions merged
 */
public record EngineStatus(
        List<WorkerStatus> workers,
        List<PartitionStatus> partitions,
        RoutingStatus routing,
        long users,
        long evicted,
        TallySnapshot tally) {

    /**
     * How users find their partition.
     *
     * @param choice {@code keyed} or {@code rekey}; null until it is known
     * @param why it is this one, in words; null until it is known
     * @param workers those that route, where it is {@code rekey}
     * @param partitions of the input, where it is {@code rekey}; those that are judged are the by-user topic's then
     */
    public record RoutingStatus(
            String choice, String why, List<WorkerStatus> workers, List<PartitionStatus> partitions) {
        /** Nothing is chosen yet. */
        public static final RoutingStatus UNKNOWN = new RoutingStatus(null, null, List.of(), List.of());
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

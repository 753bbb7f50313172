package io.gatehouse.engine.lag;

import java.util.List;

/**
 * What a running process knows of the lag of its own partitions; up to some seconds old.
 *
 * @param judged one entry a partition that it judges; empty while not known
 * @param routed one entry a partition of the input that it routes, where that is re-keyed
 * @param processed how far readers of the processed topic come, all its partitions; empty while not known
 */
public record LagStatus(List<PartitionLag> judged, List<PartitionLag> routed, List<StableEnd> processed) {
    /** Kafka has not answered yet, or does not. */
    public static final LagStatus UNKNOWN = new LagStatus(List.of(), List.of(), List.of());
}

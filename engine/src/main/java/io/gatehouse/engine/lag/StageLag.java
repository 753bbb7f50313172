package io.gatehouse.engine.lag;

import java.util.List;

/**
 * The lag of one stage of the pipeline.
 *
 * @param stage {@code judging}, or {@code routing} for the one before it where the input is re-keyed
 * @param topic that it reads
 * @param partitions one entry a partition, in order; empty when there is no such topic
 */
public record StageLag(String stage, GroupView group, String topic, List<PartitionLag> partitions) {}

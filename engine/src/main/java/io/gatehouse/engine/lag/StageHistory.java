package io.gatehouse.engine.lag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The histories of the partitions that a group reads. */
final class StageHistory {
    private final LagRules rules;
    private final Map<TopicPartition, LagHistory> histories = new HashMap<>();

    StageHistory(LagRules rules) {
        this.rules = rules;
    }

    /**
     * Takes a look at the partitions that there are, and forgets the others.
     *
     * @param partitions in the order of the answer
     * @param offsets of those of them that could be told
     * @param owners of those of them that have one
     */
    List<PartitionLag> take(
            long nowNs,
            Collection<TopicPartition> partitions,
            Map<TopicPartition, Offsets> offsets,
            Map<TopicPartition, String> owners) {
        histories.keySet().retainAll(offsets.keySet());
        List<PartitionLag> lags = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Offsets found = offsets.get(partition);
            String owner = owners.get(partition);
            lags.add(found == null ? untold(partition, owner) : judge(nowNs, partition, found, owner));
        }
        return lags;
    }

    /** What was seen before an outage says nothing about the time after it. */
    void forget() {
        histories.clear();
    }

    private PartitionLag judge(long nowNs, TopicPartition partition, Offsets found, String owner) {
        LagHistory history = histories.computeIfAbsent(partition, added -> new LagHistory(rules));
        history.add(new Sample(nowNs, found.committed(), found.stableEnd(), found.end(), owner));
        return history.judge(partition.partition());
    }

    private static PartitionLag untold(TopicPartition partition, String owner) {
        return new PartitionLag(
                partition.partition(),
                owner,
                Sample.NOTHING,
                -1,
                -1,
                0,
                Duration.ZERO,
                Double.NaN,
                Double.NaN,
                Verdict.UNKNOWN,
                Double.NaN,
                Duration.ZERO);
    }
}

package io.gatehouse.engine.lag;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How long open transactions have held back the readers of a topic, partition by partition. */
final class StableEnds {
    private final Map<TopicPartition, StuckOffset> ends = new HashMap<>();

    /** Takes a look; those that could not be told are forgotten. */
    List<StableEnd> take(long nowNs, Map<TopicPartition, Offsets> offsets) {
        ends.keySet().retainAll(offsets.keySet());
        return offsets.entrySet().stream()
                .map(found -> look(nowNs, found.getKey(), found.getValue()))
                .sorted(Comparator.comparingInt(StableEnd::partition))
                .toList();
    }

    private StableEnd look(long nowNs, TopicPartition partition, Offsets found) {
        StuckOffset stuck = ends.computeIfAbsent(partition, added -> new StuckOffset());
        stuck.look(nowNs, found.stableEnd(), found.end());
        return new StableEnd(
                partition.partition(), Math.max(0, found.end() - found.stableEnd()), Duration.ofNanos(stuck.stuckNs()));
    }
}

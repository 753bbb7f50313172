package io.gatehouse.engine.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** One transaction: what it wrote, and how far its end has become known. */
final class SimTransaction {
    enum Fate {
        OPEN,
        COMMITTED,
        ABORTED
    }

    final String transactionalId;
    final long producerId;
    final long begunMs;
    final Map<TopicPartition, SimLog> touched = new LinkedHashMap<>();
    final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private final Set<SimLog> marked = new HashSet<>();
    private Fate fate = Fate.OPEN;
    private boolean offsetsApplied;

    SimTransaction(String transactionalId, long producerId, long begunMs) {
        this.transactionalId = transactionalId;
        this.producerId = producerId;
        this.begunMs = begunMs;
    }

    boolean isOpen() {
        return fate == Fate.OPEN;
    }

    boolean isCommitted() {
        return fate == Fate.COMMITTED;
    }

    void end(Fate how) {
        fate = how;
    }

    boolean isMarkedIn(SimLog log) {
        return marked.contains(log);
    }

    void mark(SimLog log) {
        marked.add(log);
    }

    boolean areOffsetsApplied() {
        return offsetsApplied;
    }

    void applyOffsets() {
        offsetsApplied = true;
    }

    boolean isPendingFor(TopicPartition input) {
        return offsets.containsKey(input) && !offsetsApplied;
    }
}

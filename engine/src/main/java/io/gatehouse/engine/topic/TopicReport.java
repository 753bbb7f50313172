package io.gatehouse.engine.topic;

import java.util.List;

/**
 * What was found of one topic, or done about it.
 *
 * @param partitions how many it has; 0 when it is missing
 */
public record TopicReport(String topic, Presence presence, int partitions, List<Difference> differences) {
    /** Whether a topic is there. */
    public enum Presence {
        CREATED,
        THERE,
        MISSING
    }

    public boolean isAsPlanned() {
        return presence != Presence.MISSING && differences.isEmpty();
    }
}

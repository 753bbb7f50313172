package io.gatehouse.engine.worker;

import io.gatehouse.engine.cluster.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * What stands beside an offset that Gatehouse commits, as its metadata: which attempt committed it, and what the topic was
 * then. {@code attempt/topic id (two hexadecimal numbers)/partitions}; the attempt has no other form than that no two are
 * the same.
 */
final class OffsetMark {
    private static final String WHAT_TO_DO =
            " To start afresh, stop all instances and choose another application.id and output.topic: what the input still"
                    + " holds is judged anew then.";

    private OffsetMark() {}

    /** @param attempt without a slash */
    static String of(String attempt, Cluster.Topic topic) {
        return attempt + "/" + idOf(topic) + "/" + topic.partitions();
    }

    private static String idOf(Cluster.Topic topic) {
        return Long.toHexString(topic.idHigh()) + "-" + Long.toHexString(topic.idLow());
    }

    /**
     * Checks that a committed offset belongs to the topic as it is now.
     *
     * @throws Refusal when it does not, or was not committed by Gatehouse
     */
    static void check(Cluster.Committed committed, Cluster.Topic topic, TopicPartition input) {
        String[] parts = committed.mark().split("/");
        if (parts.length != 3) {
            throw new Refusal("the committed offset of " + input + ", " + committed.offset()
                    + ", was not committed by Gatehouse: another tool has moved it, and logins would be routed twice or never."
                    + WHAT_TO_DO);
        }
        if (!parts[1].equals(idOf(topic))) {
            throw new Refusal("the topic " + input.topic()
                    + " was deleted and created again since its offsets were committed: they mean other records now."
                    + WHAT_TO_DO);
        }
        if (!parts[2].equals(Integer.toString(topic.partitions()))) {
            throw new Refusal("the topic " + input.topic() + " has " + topic.partitions() + " partitions, but had "
                    + parts[2] + " when its offsets were committed: partitions cannot be added to a topic that is being"
                    + " worked on." + WHAT_TO_DO);
        }
    }
}

package io.gatehouse.engine.cluster;

import java.util.Optional;

/**
 * What stands beside an offset that Gatehouse commits, as its metadata: who committed it, and what the topic was then. A
 * stage without a journal has nothing else that tells whether its offsets belong to the topic as it is now. As text,
 * {@code attempt/topic id (two hexadecimal numbers)/partitions}.
 *
 * @param attempt whose commit it was; without a slash
 * @param topicId as {@link #isOf} compares it
 * @param partitions how many the topic had
 */
public record OffsetMark(String attempt, String topicId, int partitions) {
    private static final int PARTS = 3;

    /** The text that an attempt leaves beside the offsets of a topic. */
    public static String of(String attempt, Cluster.Topic topic) {
        return attempt + "/" + idOf(topic) + "/" + topic.partitions();
    }

    private static String idOf(Cluster.Topic topic) {
        return Long.toHexString(topic.idHigh()) + "-" + Long.toHexString(topic.idLow());
    }

    /** The mark beside an offset; empty when Gatehouse has not committed it. */
    public static Optional<OffsetMark> beside(Cluster.Committed committed) {
        String[] parts = committed.mark().split("/", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OffsetMark(parts[0], parts[1], Integer.parseInt(parts[2])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the topic is still the one that the offset was committed for, whatever partitions it has now. */
    public boolean isOf(Cluster.Topic topic) {
        return topicId.equals(idOf(topic));
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.core.Batch;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.cluster.Cluster;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a worker does with its input, and what it holds for each partition. When that is committed, sent again or given
 * up is the {@link Shift}'s business and the same for every stage.
 */
interface Stage<P extends WorkedPartition> {
    /** The topic read. */
    String input();

    /**
     * Looks at the topics before the group is joined.
     *
     * @return the topic read, as it is now
     * @throws Refusal when a topic is missing or does not fit
     */
    Cluster.Topic check();

    /** Begins to take a partition over. */
    Handover<P> takeOver(Cluster.Topic topic, TopicPartition input, long nowNs);

    /**
     * Works on some consecutive records and sends what comes of them.
     *
     * @param records at most {@link Batch#CAPACITY}
     * @throws Refusal when a record makes no sense where it lies; the partition is then held back
     */
    void work(P partition, List<ConsumerRecord<byte[], ByteBuffer>> records, Share share, Outbox outbox);

    /** How many of the records something must come of: a result, or a dead letter. */
    default int owed(List<ConsumerRecord<byte[], ByteBuffer>> records) {
        return records.size();
    }

    /** What a share that is committed has taken and sent. */
    Ledger ledger(Share share);

    /** The commit that carried what was sent of the partition is known to have come through. */
    default void committed(P partition) {}

    /**
     * Sends what is due of a partition by the clock, whether records come or not. Called with each turn; does a bounded
     * amount of work, and begins a share only when there is something to send.
     */
    default void publish(P partition, Supplier<Share> share, Outbox outbox) {}

    /** Sends what would be due soon, too: before a partition is given up in order. */
    default void publishAll(P partition, Supplier<Share> share, Outbox outbox) {}

    /** Whether the work may go on where partitions are added to the topic read: they take users from one to another. */
    default boolean toleratesNewPartitions() {
        return false;
    }

    /** Topics besides the one read that must stay as they are. */
    default List<String> restsOn() {
        return List.of();
    }

    /** Says which partitions are worked on from now on. */
    void holds(Collection<P> partitions);

    /** A partition is given away. */
    void released(P partition);

    /**
     * A partition as it is now.
     *
     * @param trouble why it is held back; null when it is not
     * @param lag records between its position and its end; -1 when not known
     */
    PartitionStatus status(P partition, String trouble, long lag);
}

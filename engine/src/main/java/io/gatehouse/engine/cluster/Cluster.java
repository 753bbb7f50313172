package io.gatehouse.engine.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Questions to the cluster. All answers come later, so that a worker can go on with its other partitions; a failed
 * answer carries Kafka's own exception. Safe for any number of threads.
 */
public interface Cluster extends AutoCloseable {
    /** A topic as it is now. */
    record Topic(long idHigh, long idLow, int partitions) {}

    /**
     * A committed offset.
     *
     * @param mark what its transaction called itself: tells a producer that lost an answer whether it came through
     */
    record Committed(long offset, String mark) {}

    /** A transaction that readers of a partition wait for. */
    record OpenTransaction(String transactionalId, long producerId) {}

    /** Fails with {@link org.apache.kafka.common.errors.UnknownTopicOrPartitionException} when there is none. */
    CompletableFuture<Topic> topic(String name);

    /** The group's committed offset, once no transaction that would move it is pending; empty when there is none. */
    CompletableFuture<Optional<Committed>> committed(TopicPartition partition);

    CompletableFuture<Long> startOffset(TopicPartition partition);

    /** The end that a reader of uncommitted records sees: nothing written before the question lies behind it. */
    CompletableFuture<Long> endOffset(TopicPartition partition);

    /** The end that a reader of committed records sees: the first offset of a transaction that is not settled, if any. */
    CompletableFuture<Long> stableEndOffset(TopicPartition partition);

    /** The first offset whose record is not older than this, epoch milliseconds; the end when there is none. */
    CompletableFuture<Long> offsetAt(TopicPartition partition, long timestampMs);

    /** Who is in the group, each in words; nobody when there is no such group. */
    CompletableFuture<List<String>> members();

    /** Adds partitions to a topic until it has so many. */
    CompletableFuture<Void> grow(String topic, int partitions);

    /** Deletes the records below an offset. */
    CompletableFuture<Void> trim(TopicPartition partition, long beforeOffset);

    CompletableFuture<List<OpenTransaction>> openTransactions(TopicPartition partition);

    /** Ends a dead producer's transaction; a living one finds out at its next commit. */
    CompletableFuture<Void> fence(String transactionalId);

    @Override
    void close();
}

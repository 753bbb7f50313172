package io.gatehouse.engine.sim;

import io.gatehouse.engine.cluster.Cluster;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** The simulated cluster for those who wait for its answers: lets time pass until each is there. */
record SettledCluster(SimKafka kafka) implements Cluster {
    private <T> CompletableFuture<T> settled(CompletableFuture<T> answer) {
        while (!answer.isDone()) {
            kafka.pass(1);
        }
        return answer;
    }

    @Override
    public CompletableFuture<Topic> topic(String name) {
        return settled(kafka.topic(name));
    }

    @Override
    public CompletableFuture<Optional<Committed>> committed(TopicPartition partition) {
        return settled(kafka.committed(partition));
    }

    @Override
    public CompletableFuture<Long> startOffset(TopicPartition partition) {
        return settled(kafka.startOffset(partition));
    }

    @Override
    public CompletableFuture<Long> endOffset(TopicPartition partition) {
        return settled(kafka.endOffset(partition));
    }

    @Override
    public CompletableFuture<Long> stableEndOffset(TopicPartition partition) {
        return settled(kafka.stableEndOffset(partition));
    }

    @Override
    public CompletableFuture<Long> offsetAt(TopicPartition partition, long timestampMs) {
        return settled(kafka.offsetAt(partition, timestampMs));
    }

    @Override
    public CompletableFuture<List<String>> members() {
        return settled(kafka.members());
    }

    @Override
    public CompletableFuture<Void> grow(String topic, int partitions) {
        return settled(kafka.grow(topic, partitions));
    }

    @Override
    public CompletableFuture<Void> trim(TopicPartition partition, long beforeOffset) {
        return settled(kafka.trim(partition, beforeOffset));
    }

    @Override
    public CompletableFuture<List<OpenTransaction>> openTransactions(TopicPartition partition) {
        return settled(kafka.openTransactions(partition));
    }

    @Override
    public CompletableFuture<Void> fence(String transactionalId) {
        return settled(kafka.fence(transactionalId));
    }

    @Override
    public void close() {
        kafka.close();
    }
}

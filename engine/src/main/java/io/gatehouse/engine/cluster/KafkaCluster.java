package io.gatehouse.engine.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Asks a real cluster through Kafka's admin client. */
public final class KafkaCluster implements Cluster {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** When to ask again for what is pending: a living owner needs less than this to commit. */
    private static final Executor ASK_AGAIN = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final Map<String, Object> settings;
    private final String groupId;
    private Admin admin;
    private boolean closed;

    /** @throws KafkaException when the settings make no client, and never will */
    public KafkaCluster(Map<String, Object> adminSettings, String groupId) {
        this.settings = Map.copyOf(adminSettings);
        this.groupId = groupId;
        try {
            admin();
        } catch (KafkaException e) {
            if (!isUnresolved(e)) {
                throw e;
            }
            // Brokers whose names cannot be resolved yet may be there later: each question tries again.
        }
    }

    private static boolean isUnresolved(KafkaException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        return reason instanceof ConfigException && reason.getMessage().contains("No resolvable bootstrap urls");
    }

    /** @throws KafkaException when the settings make no client now */
    private synchronized Admin admin() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    @Override
    public CompletableFuture<Topic> topic(String name) {
        return later(admin().describeTopics(List.of(name)).topicNameValues().get(name))
                .thenApply(KafkaCluster::topicOf)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(naming(name, failure)));
    }

    /** The client's own words leave out which topic it is that may not be seen. */
    private static Throwable naming(String topic, Throwable failure) {
        boolean isRefused = failure instanceof TopicAuthorizationException
                || failure.getCause() instanceof TopicAuthorizationException;
        return isRefused
                ? new TopicAuthorizationException("no right to describe topic " + topic, Set.of(topic))
                : failure;
    }

    private static Topic topicOf(TopicDescription description) {
        return new Topic(
                description.topicId().getMostSignificantBits(),
                description.topicId().getLeastSignificantBits(),
                description.partitions().size());
    }

    @Override
    public CompletableFuture<Optional<Committed>> committed(TopicPartition partition) {
        var question = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        var answer = admin().listConsumerGroupOffsets(
                        Map.of(groupId, question), new ListConsumerGroupOffsetsOptions().requireStable(true));
        return later(answer.partitionsToOffsetAndMetadata(groupId)).thenCompose(offsets -> {
            // While a transaction is pending the client says nothing of the partition; where there is no offset, null.
            return offsets.containsKey(partition)
                    ? CompletableFuture.completedFuture(committedOf(offsets.get(partition)))
                    : CompletableFuture.supplyAsync(() -> committed(partition), ASK_AGAIN)
                            .thenCompose(Function.identity());
        });
    }

    private static Optional<Committed> committedOf(OffsetAndMetadata found) {
        return Optional.ofNullable(found).map(offset -> new Committed(offset.offset(), offset.metadata()));
    }

    @Override
    public CompletableFuture<Long> startOffset(TopicPartition partition) {
        return offset(partition, OffsetSpec.earliest());
    }

    @Override
    public CompletableFuture<Long> endOffset(TopicPartition partition) {
        return offset(partition, OffsetSpec.latest());
    }

    @Override
    public CompletableFuture<Long> stableEndOffset(TopicPartition partition) {
        return offset(partition, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    private CompletableFuture<Long> offset(TopicPartition partition, OffsetSpec which) {
        return offset(partition, which, IsolationLevel.READ_UNCOMMITTED);
    }

    private CompletableFuture<Long> offset(TopicPartition partition, OffsetSpec which, IsolationLevel isolation) {
        var answer = admin().listOffsets(Map.of(partition, which), new ListOffsetsOptions(isolation));
        return later(answer.partitionResult(partition)).thenApply(found -> found.offset());
    }

    @Override
    public CompletableFuture<Long> offsetAt(TopicPartition partition, long timestampMs) {
        // Beyond the youngest record the answer is an offset that is none.
        return offset(partition, OffsetSpec.forTimestamp(timestampMs))
                .thenCompose(found -> found < 0 ? endOffset(partition) : CompletableFuture.completedFuture(found));
    }

    @Override
    public CompletableFuture<List<String>> members() {
        return later(admin().describeConsumerGroups(List.of(groupId))
                        .describedGroups()
                        .get(groupId))
                .thenApply(group -> group.members().stream()
                        .map(member -> member.clientId() + " at " + member.host())
                        .toList())
                .exceptionallyCompose(failure -> isUnknownGroup(failure)
                        ? CompletableFuture.completedFuture(List.of())
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isUnknownGroup(Throwable failure) {
        return failure instanceof GroupIdNotFoundException || failure.getCause() instanceof GroupIdNotFoundException;
    }

    @Override
    public CompletableFuture<Void> grow(String topic, int partitions) {
        return later(admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all());
    }

    @Override
    public CompletableFuture<Void> trim(TopicPartition partition, long beforeOffset) {
        return later(admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(beforeOffset)))
                .all());
    }

    @Override
    public CompletableFuture<List<OpenTransaction>> openTransactions(TopicPartition partition) {
        return later(admin().describeProducers(List.of(partition)).partitionResult(partition))
                .thenCompose(producers -> named(producers.activeProducers().stream()
                        .filter(producer ->
                                producer.currentTransactionStartOffset().isPresent())
                        .map(ProducerState::producerId)
                        .collect(Collectors.toSet())));
    }

    private CompletableFuture<List<OpenTransaction>> named(Set<Long> producerIds) {
        if (producerIds.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        var answer = admin().listTransactions(new ListTransactionsOptions().filterProducerIds(producerIds));
        return later(answer.all()).thenApply(found -> found.stream()
                .map(open -> new OpenTransaction(open.transactionalId(), open.producerId()))
                .toList());
    }

    @Override
    public CompletableFuture<Void> fence(String transactionalId) {
        return later(admin().fenceProducers(List.of(transactionalId)).all());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(CLOSE_TIMEOUT);
        }
    }

    private static <T> CompletableFuture<T> later(KafkaFuture<T> answer) {
        return answer.toCompletionStage().toCompletableFuture();
    }
}

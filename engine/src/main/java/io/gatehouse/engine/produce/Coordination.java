package io.gatehouse.engine.produce;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AddOffsetsToTxnRequest;
import org.apache.kafka.common.requests.AddOffsetsToTxnResponse;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest.CommittedOffset;
import org.apache.kafka.common.requests.TxnOffsetCommitResponse;

/**
 * What a transaction's coordinator and its group's are asked, by the worker, who waits for each answer. What can be asked
 * again is asked again until the time is up ({@link TimeoutException}); any other refusal is thrown as Kafka names it.
 */
final class Coordination {
    /** A coordinator completes a transaction within milliseconds; until then it asks to be asked again. */
    static final long WHILE_COMPLETING_MS = 2;

    private static final Runnable NOTHING = () -> {};

    private final Wire wire;
    private final String transactionalId;
    private final int transactionTimeoutMs;
    private final long retryBackoffMs;
    private final Map<String, Node> found = new HashMap<>();

    Coordination(Wire wire, ProducerSettings settings) {
        this.wire = wire;
        this.transactionalId = settings.transactionalId();
        this.transactionTimeoutMs = settings.transactionTimeoutMs();
        this.retryBackoffMs = settings.retryBackoffMs();
    }

    /**
     * Makes us the only producer of the transactional id; what another one, or we, left open is aborted.
     *
     * @param present who we are, so that nobody is driven out by one who was driven out before; {@link
     *     ProducerIdentity#NONE} at the beginning
     */
    ProducerIdentity begin(ProducerIdentity present, Deadline deadline) {
        InitProducerIdResponseData answer = ((InitProducerIdResponse) askTransactions(
                        () -> new InitProducerIdRequest.Builder(new InitProducerIdRequestData()
                                .setTransactionalId(transactionalId)
                                .setTransactionTimeoutMs(transactionTimeoutMs)
                                .setProducerId(present.id())
                                .setProducerEpoch(present.epoch())),
                        response -> ((InitProducerIdResponse) response).error(),
                        deadline))
                .data();
        return new ProducerIdentity(answer.producerId(), answer.producerEpoch());
    }

    /** Tells that the transaction writes to partitions; newer brokers learn it from what is written. */
    void addPartitions(ProducerIdentity producer, List<TopicPartition> partitions, Deadline deadline) {
        askTransactions(
                () -> AddPartitionsToTxnRequest.Builder.forClient(
                        transactionalId, producer.id(), producer.epoch(), partitions),
                response -> worst(((AddPartitionsToTxnResponse) response)
                        .errors()
                        .get(AddPartitionsToTxnResponse.V3_AND_BELOW_TXN_ID)),
                deadline);
    }

    /**
     * Lets the transaction carry a group's offsets, as of a member of it.
     *
     * @param meanwhile is done whenever that is asked, before the answer is waited for
     */
    void commitOffsets(
            ProducerIdentity producer,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group,
            boolean isSecondVersion,
            Runnable meanwhile,
            Deadline deadline) {
        if (!isSecondVersion) {
            askTransactions(
                    () -> new AddOffsetsToTxnRequest.Builder(new AddOffsetsToTxnRequestData()
                            .setTransactionalId(transactionalId)
                            .setProducerId(producer.id())
                            .setProducerEpoch(producer.epoch())
                            .setGroupId(group.groupId())),
                    response -> Errors.forCode(
                            ((AddOffsetsToTxnResponse) response).data().errorCode()),
                    deadline);
        }
        Map<TopicPartition, CommittedOffset> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> committed.put(
                partition, new CommittedOffset(offset.offset(), offset.metadata(), offset.leaderEpoch())));
        ask(
                CoordinatorType.GROUP,
                group.groupId(),
                () -> new TxnOffsetCommitRequest.Builder(
                        transactionalId,
                        group.groupId(),
                        producer.id(),
                        producer.epoch(),
                        committed,
                        group.memberId(),
                        group.generationId(),
                        group.groupInstanceId(),
                        isSecondVersion),
                response -> worst(((TxnOffsetCommitResponse) response).errors()),
                meanwhile,
                deadline);
    }

    /** Commits or aborts, and returns who we are from then on. */
    ProducerIdentity end(boolean commits, ProducerIdentity producer, boolean isSecondVersion, Deadline deadline) {
        EndTxnResponseData answer = ((EndTxnResponse) askTransactions(
                        () -> new EndTxnRequest.Builder(
                                new EndTxnRequestData()
                                        .setTransactionalId(transactionalId)
                                        .setProducerId(producer.id())
                                        .setProducerEpoch(producer.epoch())
                                        .setCommitted(commits),
                                isSecondVersion),
                        response -> ((EndTxnResponse) response).error(),
                        deadline))
                .data();
        if (answer.producerId() >= 0) {
            return new ProducerIdentity(answer.producerId(), answer.producerEpoch());
        }
        // In the first version a commit leaves the epoch as it is; after an abort we begin anew, with numbers from 0.
        return commits ? producer : begin(producer, deadline);
    }

    /** One that cannot be waited out, if there is one; otherwise one that can. */
    private static Errors worst(Map<TopicPartition, Errors> errors) {
        Errors worst = Errors.NONE;
        for (Errors error : errors.values()) {
            if (worst == Errors.NONE || isRetriable(worst) && error != Errors.NONE && !isRetriable(error)) {
                worst = error;
            }
        }
        return worst;
    }

    static boolean isRetriable(Errors error) {
        return error.exception() instanceof RetriableException;
    }

    private AbstractResponse askTransactions(
            Supplier<AbstractRequest.Builder<?>> request,
            Function<AbstractResponse, Errors> errorOf,
            Deadline deadline) {
        return ask(CoordinatorType.TRANSACTION, transactionalId, request, errorOf, NOTHING, deadline);
    }

    private AbstractResponse ask(
            CoordinatorType type,
            String key,
            Supplier<AbstractRequest.Builder<?>> request,
            Function<AbstractResponse, Errors> errorOf,
            Runnable meanwhile,
            Deadline deadline) {
        long pauseMs = 0;
        while (true) {
            CompletableFuture<ClientResponse> asked =
                    wire.ask(coordinator(type, key, deadline), request.get(), pauseMs);
            meanwhile.run();
            AbstractResponse response = await(asked, deadline);
            Errors error = response == null ? Errors.NETWORK_EXCEPTION : errorOf.apply(response);
            if (error == Errors.NONE) {
                return response;
            }
            if (!isRetriable(error)) {
                throw refused(error, key);
            }
            if (error == Errors.CONCURRENT_TRANSACTIONS) {
                pauseMs = Math.min(Math.max(WHILE_COMPLETING_MS, 2 * pauseMs), retryBackoffMs);
            } else {
                pauseMs = retryBackoffMs;
                found.remove(type + key);
            }
        }
    }

    private Node coordinator(CoordinatorType type, String key, Deadline deadline) {
        long pauseMs = 0;
        while (!found.containsKey(type + key)) {
            FindCoordinatorRequestData whereIsIt =
                    new FindCoordinatorRequestData().setKeyType(type.id()).setKey(key);
            AbstractResponse response =
                    await(wire.ask(null, new FindCoordinatorRequest.Builder(whereIsIt), pauseMs), deadline);
            FindCoordinatorResponseData.Coordinator coordinator = response == null
                    ? null
                    : ((FindCoordinatorResponse) response).coordinatorByKey(key).orElse(null);
            Errors error = coordinator == null ? Errors.NETWORK_EXCEPTION : Errors.forCode(coordinator.errorCode());
            if (error == Errors.NONE) {
                found.put(type + key, new Node(coordinator.nodeId(), coordinator.host(), coordinator.port()));
            } else if (!isRetriable(error)) {
                throw refused(error, key);
            }
            pauseMs = retryBackoffMs;
        }
        return found.get(type + key);
    }

    /** The answer; null when there is none, because the connection was lost or there was none. */
    private static AbstractResponse await(CompletableFuture<ClientResponse> asked, Deadline deadline) {
        try {
            ClientResponse response = asked.get(deadline.leftMs(), TimeUnit.MILLISECONDS);
            if (response.authenticationException() != null) {
                throw response.authenticationException();
            }
            if (response.versionMismatch() != null) {
                throw response.versionMismatch();
            }
            return response.responseBody();
        } catch (java.util.concurrent.TimeoutException e) {
            asked.cancel(false);
            throw deadline.passed();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DisconnectException) {
                return null;
            }
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        }
    }

    private static KafkaException refused(Errors error, String key) {
        return switch (error) {
            case UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, STALE_MEMBER_EPOCH, FENCED_MEMBER_EPOCH ->
                new CommitFailedException(
                        "the group " + key + " does not take offsets of this member any more: " + error.message());
            default -> (KafkaException) error.exception(key + ": " + error.message());
        };
    }
}

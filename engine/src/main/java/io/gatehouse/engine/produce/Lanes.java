package io.gatehouse.engine.produce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.utils.Time;

/**
 * All lanes of a producer, and what is under way on them: filled by the worker, emptied by the network thread. What passes
 * by itself is sent again; anything else fails all there is, until the worker has aborted its transaction.
 */
final class Lanes {
    private static final short ACKS_ALL = -1;

    private final ProducerSettings settings;
    private final ProducerMetadata metadata;
    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
    private ProducerIdentity identity = ProducerIdentity.NONE;
    private boolean isSecondVersion;
    private long bytesUnderWay;
    private int requestsUnderWay;
    private KafkaException failure;

    Lanes(ProducerSettings settings, ProducerMetadata metadata) {
        this.settings = settings;
        this.metadata = metadata;
    }

    // What the worker does.

    /** The ways to a topic's partitions, by their numbers. */
    synchronized Lane[] to(Topic topic, int partitions) {
        Lane[] all = new Lane[partitions];
        for (int i = 0; i < partitions; i++) {
            all[i] =
                    lanes.computeIfAbsent(new TopicPartition(topic.name(), i), partition -> new Lane(partition, topic));
        }
        return all;
    }

    synchronized ProducerIdentity identity() {
        return identity;
    }

    /** Who we are from now on; a transaction is over. */
    synchronized void become(ProducerIdentity producer) {
        if (!producer.equals(identity)) {
            identity = producer;
            lanes.values().forEach(Lane::numberAgain);
        }
        lanes.values().forEach(Lane::beginAgain);
    }

    /** A transaction begins, in the second version of Kafka's or in the first. */
    synchronized void begin(boolean inSecondVersion) {
        isSecondVersion = inSecondVersion;
        failure = null;
    }

    /** @throws KafkaException when something has failed since the transaction began */
    synchronized void mustBeSound() {
        if (failure != null) {
            // A time that is up means to callers that nobody knows; here it is known.
            throw failure instanceof TimeoutException ? new KafkaException(failure.getMessage(), failure) : failure;
        }
    }

    /** Waits until so much more may be under way. */
    synchronized void awaitRoom(int moreBytes, Deadline deadline) {
        while (failure == null && bytesUnderWay > 0 && bytesUnderWay + moreBytes > settings.bufferBytes()) {
            await(deadline);
        }
        mustBeSound();
    }

    /** Takes a sealed batch; the network thread should be woken up. */
    synchronized void add(Lane lane, Batch batch) {
        mustBeSound();
        lane.add(batch);
        bytesUnderWay += batch.sizeBytes();
    }

    /** Waits until all is acknowledged, and all callbacks have been called. */
    synchronized void awaitAcknowledgement(Deadline deadline) {
        while (failure == null && bytesUnderWay > 0) {
            await(deadline);
        }
        mustBeSound();
    }

    /** Waits until all that was sent has been answered, whatever the answer. */
    synchronized void awaitAnswers(Deadline deadline) {
        while (requestsUnderWay > 0) {
            await(deadline);
        }
    }

    private void await(Deadline deadline) {
        try {
            wait(deadline.leftMs());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Fails the transaction, if it has not failed before, and all that is under way. All callbacks have been called before
     * the worker learns of it.
     */
    synchronized void fail(KafkaException why) {
        failure = failure == null ? why : failure;
        for (Lane lane : lanes.values()) {
            for (Batch batch : lane.giveUp()) {
                bytesUnderWay -= batch.sizeBytes();
                batch.giveUp(why);
            }
        }
        notifyAll();
    }

    // What the network thread does.

    /**
     * Sends what may be sent.
     *
     * @param nowMs as the network client reckons: epoch milliseconds
     * @return in how many milliseconds there may be more
     */
    long send(Wire wire, long nowMs) {
        long again = Long.MAX_VALUE;
        Map<Node, List<Batch>> ready = new HashMap<>();
        Map<Node, Integer> sizes = new HashMap<>();
        KafkaException hopeless = null;
        long clockMs = Time.SYSTEM.hiResClockMs();
        synchronized (this) {
            Cluster cluster = metadata.fetch();
            for (Lane lane : lanes.values()) {
                Batch batch = lane.next(clockMs);
                Node leader = batch == null ? null : cluster.leaderFor(lane.partition());
                if (lane.oldestMs() < clockMs - settings.deliveryTimeoutMs()) {
                    hopeless = new TimeoutException("a batch for " + lane.partition() + " was not taken within "
                            + settings.deliveryTimeoutMs() + " ms");
                } else if (batch == null) {
                    again = lane.notBeforeMs() > clockMs ? Math.min(again, lane.notBeforeMs() - clockMs) : again;
                } else if (leader == null) {
                    metadata.requestUpdate(true);
                    again = Math.min(again, settings.retryBackoffMs());
                } else if (!wire.isReady(leader, nowMs)) {
                    again = Math.min(again, wire.delayMs(leader, nowMs));
                    hopeless = hopeless == null ? wire.refusal(leader) : hopeless;
                } else if (sizes.getOrDefault(leader, 0) + batch.sizeBytes() <= settings.maxRequestBytes()) {
                    lane.sent(identity);
                    ready.computeIfAbsent(leader, any -> new ArrayList<>()).add(batch);
                    sizes.merge(leader, batch.sizeBytes(), Integer::sum);
                }
            }
            requestsUnderWay += ready.size();
        }
        ready.forEach((leader, batches) -> send(wire, leader, batches, nowMs));
        if (hopeless != null) {
            fail(hopeless);
        }
        return ready.isEmpty() ? again : 0;
    }

    private void send(Wire wire, Node leader, List<Batch> batches, long nowMs) {
        Map<String, Uuid> ids = metadata.topicIds();
        TopicProduceDataCollection content = new TopicProduceDataCollection();
        for (Batch batch : batches) {
            String name = batch.partition().topic();
            Uuid id = ids.getOrDefault(name, Uuid.ZERO_UUID);
            TopicProduceData topic = content.find(name, id);
            if (topic == null) {
                topic = new TopicProduceData().setName(name).setTopicId(id);
                content.add(topic);
            }
            topic.partitionData()
                    .add(new PartitionProduceData()
                            .setIndex(batch.partition().partition())
                            .setRecords(batch.content()));
        }
        ProduceRequestData data = new ProduceRequestData()
                .setAcks(ACKS_ALL)
                .setTimeoutMs(settings.requestTimeoutMs())
                .setTransactionalId(settings.transactionalId())
                .setTopicData(content);
        wire.send(
                leader,
                ProduceRequest.builder(data, !isSecondVersion),
                nowMs,
                response -> answered(batches, ids, response));
    }

    private void answered(List<Batch> batches, Map<String, Uuid> ids, ClientResponse response) {
        synchronized (this) {
            requestsUnderWay--;
            notifyAll();
        }
        if (response.authenticationException() != null) {
            fail(response.authenticationException());
            return;
        }
        if (response.versionMismatch() != null) {
            fail(response.versionMismatch());
            return;
        }
        Map<TopicPartition, PartitionProduceResponse> answers = answers(response, ids);
        for (Batch batch : batches) {
            PartitionProduceResponse answer = answers.get(batch.partition());
            Errors error = answer == null ? Errors.NETWORK_EXCEPTION : Errors.forCode(answer.errorCode());
            if (error == Errors.NONE || error == Errors.DUPLICATE_SEQUENCE_NUMBER) {
                acknowledged(batch, answer.baseOffset());
            } else {
                refused(batch, error, answer == null ? null : answer.errorMessage());
            }
        }
    }

    /** What was answered of each partition; nothing when the connection was lost. */
    private static Map<TopicPartition, PartitionProduceResponse> answers(
            ClientResponse response, Map<String, Uuid> ids) {
        Map<TopicPartition, PartitionProduceResponse> answers = new HashMap<>();
        if (response.hasResponse()) {
            Map<Uuid, String> names = new HashMap<>();
            ids.forEach((name, id) -> names.put(id, name));
            ((ProduceResponse) response.responseBody()).data().responses().forEach(topic -> {
                String name = topic.name().isEmpty() ? names.get(topic.topicId()) : topic.name();
                topic.partitionResponses()
                        .forEach(partition -> answers.put(new TopicPartition(name, partition.index()), partition));
            });
        }
        return answers;
    }

    private void acknowledged(Batch batch, long baseOffset) {
        Lane lane;
        synchronized (this) {
            lane = lanes.get(batch.partition());
            if (!lane.isUnderWay(batch)) {
                return;
            }
            lane.acknowledged(batch);
        }
        // First the callbacks: what they count is counted when a commit finds nothing under way.
        batch.acknowledge(baseOffset);
        lane.topic().giveBack(batch.buffer());
        synchronized (this) {
            bytesUnderWay -= batch.sizeBytes();
            notifyAll();
        }
    }

    private void refused(Batch batch, Errors error, String message) {
        synchronized (this) {
            Lane lane = lanes.get(batch.partition());
            if (!lane.isUnderWay(batch)) {
                return;
            }
            boolean isAnothersFault = error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER && lane.isBehindAnother(batch);
            if (isAnothersFault || Coordination.isRetriable(error)) {
                if (error.exception() instanceof InvalidMetadataException) {
                    metadata.requestUpdateForTopic(batch.partition().topic());
                }
                lane.returned(batch, Time.SYSTEM.hiResClockMs(), leastPauseMs(error));
                return;
            }
            if (error == Errors.MESSAGE_TOO_LARGE) {
                lane.topic().tooLarge(batch.sizeBytes());
            }
        }
        fail((KafkaException)
                error.exception(batch.partition() + ": " + (message == null ? error.message() : message)));
    }

    private long leastPauseMs(Errors error) {
        return error == Errors.CONCURRENT_TRANSACTIONS || error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER
                ? Coordination.WHILE_COMPLETING_MS
                : settings.retryBackoffMs();
    }
}

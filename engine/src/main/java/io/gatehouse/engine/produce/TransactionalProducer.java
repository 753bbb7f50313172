package io.gatehouse.engine.produce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Writes transactions, for one thread. In place of Kafka's own producer, whose work on each record costs as much as all of
 * the judging: here a record is rendered into its partition's batch, and everything else is done by the batch. A batch goes when it is
 * full, or with the commit: nobody sees it sooner, so there is nothing to linger for.
 *
 * <p>It can be so much simpler because whoever uses it keeps what is sent until it is committed: of what a transaction
 * suffers, only what passes by itself is waited out. Anything else fails the transaction, which is then aborted with all
 * that is under way, under a new epoch, and can be sent again from the start.
 *
 * <p>Settings, exceptions and the order of calls are those of Kafka's producer. There are no interceptors, no partitioner
 * but the default one, and no metrics.
 */
public final class TransactionalProducer implements Producer<byte[], byte[]> {
    private static final String NOT_OFFERED = "not offered by this producer";
    private static final short ACKS_ALL = -1;

    private enum Phase {
        /** Has no epoch yet, or is closed. */
        IDLE,
        /** May begin a transaction. */
        READY,
        IN_TRANSACTION,
        /** The commit was asked for, and perhaps came through. */
        COMMITTING
    }

    private final ProducerSettings settings;
    private final Compression compression;
    private final ProducerMetadata metadata;
    private final Wire wire;
    private final Coordination coordination;
    private final RecordWriter writer = new RecordWriter();
    private final Map<String, Topic> topics = new HashMap<>();
    /** What one record is for, the next one mostly is for, too. */
    private Topic lastTopic = Topic.NONE;

    private final List<Lane> openLanes = new ArrayList<>();
    private final int batchBytes;
    private Phase phase = Phase.IDLE;
    private boolean isSecondVersion;
    private boolean hasSent;
    private boolean isCommitAsked;

    /** Guards what follows, and all lanes. */
    private final Object lock = new Object();

    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
    private ProducerIdentity identity = ProducerIdentity.NONE;
    private long bytesUnderWay;
    private KafkaException failure;

    /**
     * Starts the producer; nothing is asked of the brokers yet.
     *
     * @param settings as for Kafka's producer, with a transactional id
     * @throws KafkaException when they make no client
     */
    public TransactionalProducer(Map<String, Object> settings) {
        this.settings = new ProducerSettings(settings);
        this.compression = this.settings.compression();
        this.batchBytes = this.settings.batchBytes();
        ProducerConfig config = this.settings.config();
        this.metadata = new ProducerMetadata(
                config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                config.getLong(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_AGE_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_IDLE_CONFIG),
                new LogContext("[" + this.settings.clientId() + "] "),
                new ClusterResourceListeners(),
                Time.SYSTEM);
        metadata.bootstrap(ClientUtils.parseAndValidateAddresses(config));
        this.wire = new Wire(this.settings, metadata, this::sendBatches);
        this.coordination = new Coordination(wire, this.settings);
        wire.start();
    }

    @Override
    public void initTransactions() {
        ProducerIdentity begun =
                coordination.begin(ProducerIdentity.NONE, within("begin as " + settings.transactionalId()));
        become(begun);
        phase = Phase.READY;
    }

    private Deadline within(String what) {
        return new Deadline(what, settings.maxBlockMs());
    }

    private void become(ProducerIdentity producer) {
        synchronized (lock) {
            if (!producer.equals(identity)) {
                identity = producer;
                lanes.values().forEach(Lane::numberAgain);
            }
            lanes.values().forEach(Lane::beginAgain);
        }
    }

    @Override
    public void beginTransaction() {
        require(Phase.READY);
        phase = Phase.IN_TRANSACTION;
        isSecondVersion = wire.isSecondTransactionVersion();
        hasSent = false;
        isCommitAsked = false;
    }

    private void require(Phase expected) {
        if (phase != expected) {
            throw new IllegalStateException("the producer is " + phase + ", not " + expected);
        }
    }

    /** @throws KafkaException when something that was sent before has failed, or cannot be sent */
    private void mustBeSound() {
        synchronized (lock) {
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        require(Phase.IN_TRANSACTION);
        Lane lane = laneOf(record, topic(record.topic()));
        if (lane.open() == null) {
            open(lane);
        }
        Batch batch = lane.open();
        long timestampMs = record.timestamp() == null ? System.currentTimeMillis() : record.timestamp();
        ProduceAnswer answer = batch.append(writer, record, timestampMs, callback);
        if (lane.topic().isFull(batch)) {
            openLanes.remove(lane);
            seal(lane);
        }
        return answer;
    }

    private Topic topic(String name) {
        Topic topic = lastTopic;
        if (!name.equals(topic.name())) {
            topic = topics.computeIfAbsent(name, any -> new Topic(name, batchBytes));
            lastTopic = topic;
        }
        Cluster cluster = metadata.fetch();
        if (!topic.isKnownFrom(cluster)) {
            Integer partitions = cluster.partitionCountForTopic(name);
            topic.know(cluster, lanes(name, topic, partitions == null ? awaitPartitions(name) : partitions));
        }
        return topic;
    }

    private int awaitPartitions(String name) {
        Deadline deadline = within("learn where topic " + name + " lies");
        while (true) {
            metadata.add(name, System.currentTimeMillis());
            int version = metadata.requestUpdateForTopic(name);
            wire.wakeUp();
            try {
                metadata.awaitUpdate(version, deadline.leftMs());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (TimeoutException e) {
                throw deadline.passed();
            }
            metadata.maybeThrowExceptionForTopic(name);
            Integer partitions = metadata.fetch().partitionCountForTopic(name);
            if (partitions != null) {
                return partitions;
            }
        }
    }

    private Lane[] lanes(String name, Topic topic, int partitions) {
        Lane[] all = new Lane[partitions];
        synchronized (lock) {
            for (int i = 0; i < partitions; i++) {
                all[i] = lanes.computeIfAbsent(new TopicPartition(name, i), partition -> new Lane(partition, topic));
            }
        }
        return all;
    }

    private static Lane laneOf(ProducerRecord<byte[], byte[]> record, Topic topic) {
        int partition;
        if (record.partition() != null) {
            partition = record.partition();
        } else if (record.key() != null) {
            partition = BuiltInPartitioner.partitionForKey(record.key(), topic.partitions());
        } else {
            partition = topic.partitionWithoutKey();
        }
        if (partition >= topic.partitions()) {
            throw new KafkaException("topic " + record.topic() + " has " + topic.partitions()
                    + " partitions, and none with the number " + partition);
        }
        return topic.lane(partition);
    }

    /** Waits while too much is under way. */
    private void open(Lane lane) {
        synchronized (lock) {
            Deadline deadline = within("make room for more to be sent");
            while (failure == null && bytesUnderWay > 0 && bytesUnderWay + batchBytes > settings.bufferBytes()) {
                await(deadline.leftMs());
            }
            mustBeSound();
        }
        lane.setOpen(new Batch(lane.partition(), compression, lane.topic().buffer()));
        openLanes.add(lane);
    }

    private void await(long ms) {
        try {
            lock.wait(ms);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void sealAll() {
        while (!openLanes.isEmpty()) {
            seal(openLanes.remove(openLanes.size() - 1));
        }
    }

    /** Hands the batch that is being filled to the network thread. */
    private void seal(Lane lane) {
        Batch batch = lane.open();
        lane.setOpen(null);
        batch.seal(System.currentTimeMillis());
        lane.topic().sealed(batch);
        metadata.add(lane.partition().topic(), System.currentTimeMillis());
        hasSent = true;
        try {
            mustBeSound();
            mustNotBeTooLarge(batch);
            if (!isSecondVersion && !lane.isAdded()) {
                coordination.addPartitions(
                        identity, List.of(lane.partition()), within("add " + lane.partition() + " to the transaction"));
                lane.setAdded();
            }
        } catch (KafkaException e) {
            fail(e);
            batch.end(ProduceAnswer.UNKNOWN_OFFSET, e);
            throw e;
        }
        synchronized (lock) {
            lane.add(batch);
            bytesUnderWay += batch.sizeBytes();
        }
        wire.wakeUp();
    }

    private void mustNotBeTooLarge(Batch batch) {
        if (batch.sizeBytes() > settings.maxRequestBytes()) {
            throw new RecordTooLargeException("a batch of " + batch.records() + " records for " + batch.partition()
                    + " has " + batch.sizeBytes() + " bytes, and max.request.size is " + settings.maxRequestBytes());
        }
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        require(Phase.IN_TRANSACTION);
        sealAll();
        mustBeSound();
        hasSent = true;
        try {
            coordination.commitOffsets(
                    identity, offsets, group, isSecondVersion, within("give offsets to " + group.groupId()));
        } catch (KafkaException e) {
            fail(e);
            throw e;
        }
    }

    /** @throws KafkaException when not everything that was sent is acknowledged in time */
    @Override
    public void flush() {
        sealAll();
        awaitAcknowledgement(within("acknowledge all that is sent"));
    }

    /**
     * @throws TimeoutException when it is not known whether the commit came through: it may be asked for again, and
     *     nothing else
     */
    @Override
    public void commitTransaction() {
        if (phase != Phase.COMMITTING) {
            require(Phase.IN_TRANSACTION);
            sealAll();
            phase = Phase.COMMITTING;
        }
        Deadline deadline = within("commit");
        try {
            awaitAcknowledgement(deadline);
            if (hasSent) {
                isCommitAsked = true;
                become(coordination.end(true, identity, isSecondVersion, deadline));
            }
            phase = Phase.READY;
        } catch (TimeoutException e) {
            throw e;
        } catch (KafkaException e) {
            fail(e);
            throw e;
        }
    }

    private void awaitAcknowledgement(Deadline deadline) {
        synchronized (lock) {
            while (failure == null && bytesUnderWay > 0) {
                await(deadline.leftMs());
            }
            mustBeSound();
        }
    }

    /** @throws KafkaException when it cannot be aborted, or may be committed: another producer has to find out */
    @Override
    public void abortTransaction() {
        if (phase == Phase.IDLE || phase == Phase.READY) {
            throw new IllegalStateException("no transaction is open");
        }
        if (isCommitAsked) {
            throw new KafkaException("the commit was asked for, and nobody knows whether it came through");
        }
        giveUpAll(new KafkaException("the transaction was aborted"));
        if (hasSent) {
            become(coordination.end(false, identity, isSecondVersion, within("abort")));
        }
        synchronized (lock) {
            failure = null;
        }
        phase = Phase.READY;
    }

    /** Fails the transaction, if it has not failed before, and all that is under way. */
    private void fail(KafkaException why) {
        synchronized (lock) {
            if (failure == null) {
                failure = why;
            }
        }
        giveUp(why);
    }

    private void giveUp(KafkaException why) {
        List<Batch> givenUp = new ArrayList<>();
        synchronized (lock) {
            lanes.values().forEach(lane -> givenUp.addAll(lane.giveUp()));
            givenUp.forEach(batch -> bytesUnderWay -= batch.sizeBytes());
            lock.notifyAll();
        }
        givenUp.forEach(batch -> batch.end(ProduceAnswer.UNKNOWN_OFFSET, why));
    }

    /** And what is still being filled. */
    private void giveUpAll(KafkaException why) {
        giveUp(why);
        for (Lane lane : openLanes) {
            lane.open().end(ProduceAnswer.UNKNOWN_OFFSET, why);
            lane.setOpen(null);
        }
        openLanes.clear();
    }

    // What follows is done by the network thread.

    /** Sends what may be sent; returns in how many milliseconds there may be more. */
    private long sendBatches(long nowMs) {
        long again = Long.MAX_VALUE;
        Map<Node, List<Batch>> ready = new HashMap<>();
        Map<Node, Integer> sizes = new HashMap<>();
        KafkaException expired = null;
        synchronized (lock) {
            Cluster cluster = metadata.fetch();
            for (Lane lane : lanes.values()) {
                if (lane.oldestMs() < nowMs - settings.deliveryTimeoutMs()) {
                    expired = new TimeoutException("a batch for " + lane.partition() + " was not taken within "
                            + settings.deliveryTimeoutMs() + " ms");
                }
                Batch batch = lane.next(nowMs);
                if (batch == null) {
                    again = lane.notBeforeMs() > nowMs ? Math.min(again, lane.notBeforeMs() - nowMs) : again;
                    continue;
                }
                Node leader = cluster.leaderFor(lane.partition());
                if (leader == null) {
                    metadata.requestUpdate(true);
                    again = Math.min(again, settings.retryBackoffMs());
                } else if (!wire.isReady(leader, nowMs)) {
                    again = Math.min(again, wire.delayMs(leader, nowMs));
                    expired = expired == null ? wire.refusal(leader) : expired;
                } else if (sizes.getOrDefault(leader, 0) + batch.sizeBytes() <= settings.maxRequestBytes()) {
                    lane.sent(identity);
                    ready.computeIfAbsent(leader, any -> new ArrayList<>()).add(batch);
                    sizes.merge(leader, batch.sizeBytes(), Integer::sum);
                }
            }
        }
        if (expired != null) {
            fail(expired);
            return 0;
        }
        ready.forEach((leader, batches) -> send(leader, batches, nowMs));
        return ready.isEmpty() ? again : 0;
    }

    private void send(Node leader, List<Batch> batches, long nowMs) {
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
        if (response.authenticationException() != null) {
            fail(response.authenticationException());
            return;
        }
        if (response.versionMismatch() != null) {
            fail(response.versionMismatch());
            return;
        }
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
        for (Batch batch : batches) {
            PartitionProduceResponse answer = answers.get(batch.partition());
            if (answer == null) {
                refused(batch, Errors.NETWORK_EXCEPTION, null);
            } else {
                Errors error = Errors.forCode(answer.errorCode());
                if (error == Errors.NONE || error == Errors.DUPLICATE_SEQUENCE_NUMBER) {
                    acknowledged(batch, answer.baseOffset());
                } else {
                    refused(batch, error, answer.errorMessage());
                }
            }
        }
    }

    private void acknowledged(Batch batch, long baseOffset) {
        boolean isOurs;
        synchronized (lock) {
            Lane lane = lanes.get(batch.partition());
            isOurs = lane.isUnderWay(batch);
            if (isOurs) {
                lane.acknowledged(batch);
            }
        }
        if (isOurs) {
            batch.end(baseOffset, null);
            done(batch);
        }
    }

    /** Only when its callbacks have been called: then what they count is counted when a commit finds nothing under way. */
    private void done(Batch batch) {
        synchronized (lock) {
            bytesUnderWay -= batch.sizeBytes();
            lanes.get(batch.partition()).topic().giveBack(batch.buffer());
            lock.notifyAll();
        }
    }

    private void refused(Batch batch, Errors error, String message) {
        synchronized (lock) {
            Lane lane = lanes.get(batch.partition());
            if (!lane.isUnderWay(batch)) {
                return;
            }
            boolean isAnothersFault = error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER && lane.isBehindAnother(batch);
            if (isAnothersFault || Coordination.isRetriable(error)) {
                if (error.exception() instanceof InvalidMetadataException) {
                    metadata.requestUpdateForTopic(batch.partition().topic());
                }
                lane.returned(batch, System.currentTimeMillis() + pauseMs(error));
                return;
            }
            if (error == Errors.MESSAGE_TOO_LARGE) {
                lane.topic().tooLarge(batch.sizeBytes());
            }
        }
        KafkaException why = (KafkaException)
                error.exception(batch.partition() + ": " + (message == null ? error.message() : message));
        batch.end(ProduceAnswer.UNKNOWN_OFFSET, why);
        fail(why);
    }

    private long pauseMs(Errors error) {
        return error == Errors.CONCURRENT_TRANSACTIONS || error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER
                ? Coordination.WHILE_COMPLETING_MS
                : settings.retryBackoffMs();
    }

    @Override
    public void close() {
        close(Duration.ofMillis(settings.maxBlockMs()));
    }

    /** Aborts what is open if there is time for it; with none at all, leaves that to the coordinator. */
    @Override
    public void close(Duration timeout) {
        boolean isOpen = phase == Phase.IN_TRANSACTION && hasSent;
        phase = Phase.IDLE;
        giveUpAll(new KafkaException("the producer is closed"));
        if (isOpen && !timeout.isZero()) {
            try {
                coordination.end(false, identity, isSecondVersion, new Deadline("abort", timeout.toMillis()));
            } catch (KafkaException e) {
                // The coordinator aborts it when its time is up, or has done so already.
                wire.close();
                return;
            }
        }
        wire.close();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        throw new UnsupportedOperationException(NOT_OFFERED);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        throw new UnsupportedOperationException(NOT_OFFERED);
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        throw new UnsupportedOperationException(NOT_OFFERED);
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        throw new UnsupportedOperationException(NOT_OFFERED);
    }
}

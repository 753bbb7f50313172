package io.gatehouse.engine.produce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
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
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes transactions, for one thread. In place of Kafka's own producer, whose work on each record costs as much as all of
 * the judging: here a record is rendered into its partition's batch, and everything else is done by the batch. A batch goes
 * when it is full, or with the commit: nobody sees it sooner, so there is nothing to linger for.
 *
 * <p>It can be so much simpler because whoever uses it keeps what is sent until it is committed: of what a transaction
 * suffers, only what passes by itself is waited out. Anything else fails the transaction, which is then aborted with all
 * that is under way, under a new epoch, and can be sent again from the start.
 *
 * <p>Settings, exceptions and the order of calls are those of Kafka's producer. There are no interceptors, no partitioner
 * but the default one, and no metrics.
 */
public final class TransactionalProducer implements Producer<byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducer.class);
    private static final String NOT_OFFERED = "not offered by this producer";

    private enum Phase {
        /** Has no epoch yet, or is closed. */
        IDLE,
        /** May begin a transaction. */
        READY,
        IN_TRANSACTION,
        /** All is handed over, and only a commit may follow, or what has failed be aborted. */
        COMMITTING
    }

    private final ProducerSettings settings;
    private final Compression compression;
    private final String uncompressedTopic;
    private final int batchBytes;
    private final ProducerMetadata metadata;
    private final Lanes lanes;
    private final Wire wire;
    private final Coordination coordination;
    private final RecordWriter writer = new RecordWriter();
    private final Map<String, Topic> topics = new HashMap<>();
    /** What one record is for, the next one mostly is for, too. */
    private Topic lastTopic = Topic.NONE;

    private final List<Lane> openLanes = new ArrayList<>();
    private Phase phase = Phase.IDLE;
    private boolean isSecondVersion;
    private boolean hasSent;
    private boolean isCommitAsked;

    /**
     * Starts the producer; nothing is asked of the brokers yet.
     *
     * @param settings as for Kafka's producer, with a transactional id
     * @param uncompressedTopic what goes there is not compressed, whatever the settings say; null for none
     * @throws KafkaException when they make no client
     */
    public TransactionalProducer(Map<String, Object> settings, String uncompressedTopic) {
        this.settings = new ProducerSettings(settings);
        this.compression = this.settings.compression();
        this.uncompressedTopic = uncompressedTopic;
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
        this.lanes = new Lanes(this.settings, metadata);
        this.wire = new Wire(this.settings, metadata, lanes);
        this.coordination = new Coordination(wire, this.settings);
        wire.start();
    }

    @Override
    public void initTransactions() {
        lanes.become(coordination.begin(ProducerIdentity.NONE, within("begin as " + settings.transactionalId())));
        phase = Phase.READY;
    }

    private Deadline within(String what) {
        return new Deadline(what, settings.maxBlockMs());
    }

    @Override
    public void beginTransaction() {
        require(Phase.READY);
        phase = Phase.IN_TRANSACTION;
        isSecondVersion = wire.isSecondTransactionVersion();
        hasSent = false;
        isCommitAsked = false;
        lanes.begin(isSecondVersion);
    }

    private void require(Phase expected) {
        if (phase != expected) {
            throw new IllegalStateException("the producer is " + phase + ", not " + expected);
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
            wire.wakeUp();
        }
        return answer;
    }

    private Topic topic(String name) {
        Topic topic = lastTopic;
        if (!name.equals(topic.name())) {
            topic = topics.computeIfAbsent(name, any -> new Topic(name, compressionOf(name), batchBytes));
            lastTopic = topic;
        }
        Cluster cluster = metadata.fetch();
        if (!topic.isKnownFrom(cluster)) {
            Integer partitions = cluster.partitionCountForTopic(name);
            topic.know(cluster, lanes.to(topic, partitions == null ? awaitPartitions(name) : partitions));
        }
        return topic;
    }

    private Compression compressionOf(String topic) {
        return topic.equals(uncompressedTopic) ? Compression.NONE : compression;
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

    private void open(Lane lane) {
        lanes.awaitRoom(batchBytes, within("make room for more to be sent"));
        lane.setOpen(new Batch(
                lane.partition(), lane.topic().compression(), lane.topic().buffer()));
        openLanes.add(lane);
    }

    /** The network thread is woken up at the end, so that all of it goes in one request to each broker. */
    private void sealAll() {
        while (!openLanes.isEmpty()) {
            seal(openLanes.remove(openLanes.size() - 1));
        }
        wire.wakeUp();
    }

    /** Hands the batch that is being filled to the network thread. */
    private void seal(Lane lane) {
        Batch batch = lane.open();
        lane.setOpen(null);
        batch.seal(Time.SYSTEM.hiResClockMs());
        lane.topic().sealed(batch);
        metadata.add(lane.partition().topic(), System.currentTimeMillis());
        hasSent = true;
        try {
            mustNotBeTooLarge(batch);
            if (!isSecondVersion && !lane.isAdded()) {
                coordination.addPartitions(
                        lanes.identity(),
                        List.of(lane.partition()),
                        within("add " + lane.partition() + " to the transaction"));
                lane.setAdded();
            }
            lanes.add(lane, batch);
        } catch (KafkaException e) {
            lanes.fail(e);
            batch.giveUp(e);
            throw e;
        }
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
        if (!isSecondVersion) {
            // Offsets that come to the coordinator behind the mark of an abort would wait for an end that never comes.
            sealAll();
        }
        lanes.mustBeSound();
        hasSent = true;
        try {
            coordination.commitOffsets(
                    lanes.identity(),
                    offsets,
                    group,
                    isSecondVersion,
                    this::sealAll,
                    within("give offsets to " + group.groupId()));
        } catch (KafkaException e) {
            lanes.fail(e);
            throw e;
        }
    }

    /** @throws KafkaException when not everything that was sent is acknowledged in time */
    @Override
    public void flush() {
        sealAll();
        lanes.awaitAcknowledgement(within("acknowledge all that is sent"));
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
            lanes.awaitAcknowledgement(deadline);
            if (hasSent) {
                isCommitAsked = true;
                lanes.become(coordination.end(true, lanes.identity(), isSecondVersion, deadline));
            }
            phase = Phase.READY;
        } catch (TimeoutException e) {
            throw e;
        } catch (KafkaException e) {
            lanes.fail(e);
            throw e;
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
        abort("the transaction was aborted", within("abort"));
        phase = Phase.READY;
    }

    private void abort(String why, Deadline deadline) {
        giveUp(new KafkaException(why));
        if (hasSent) {
            if (!isSecondVersion) {
                // What comes to a broker behind the mark of the abort would be a transaction that nobody ends.
                lanes.awaitAnswers(deadline);
            }
            lanes.become(coordination.end(false, lanes.identity(), isSecondVersion, deadline));
        }
    }

    /** All that was sent, and what is still being filled. */
    private void giveUp(KafkaException why) {
        lanes.fail(why);
        for (Lane lane : openLanes) {
            lane.open().giveUp(why);
            lane.setOpen(null);
        }
        openLanes.clear();
    }

    @Override
    public void close() {
        close(Duration.ofMillis(settings.maxBlockMs()));
    }

    /** Aborts what is open if there is time for it; with none at all, leaves that to the coordinator. */
    @Override
    public void close(Duration timeout) {
        boolean isOpen = phase == Phase.IN_TRANSACTION;
        phase = Phase.IDLE;
        try {
            if (isOpen && !timeout.isZero()) {
                abort("the producer is closed", new Deadline("abort", timeout.toMillis()));
            }
        } catch (KafkaException e) {
            LOG.info(
                    "the open transaction of {} is left to its coordinator: {}",
                    settings.transactionalId(),
                    e.getMessage());
        } finally {
            giveUp(new KafkaException("the producer is closed"));
            wire.close();
        }
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

package io.gatehouse.engine.worker;

import io.gatehouse.core.Batch;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.deadletter.CarriedHeaders;
import io.gatehouse.engine.deadletter.DeadLetters;
import io.gatehouse.engine.deadletter.RefusalLog;
import io.gatehouse.engine.state.JournalWriter;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** The stage that judges logins by the memory of their users: processed events, dead letters and journal come of it. */
final class Judging implements Stage<OwnedPartition> {
    private final EngineSettings settings;
    private final GeoTable geo;
    private final UserBudget budget;
    private final Cluster cluster;
    private final Ticker ticker;
    private final WorkerCounters counters;
    private final DeadLetters deadLetters;
    private final Publisher publisher;
    private final RefusalLog refusals = new RefusalLog();
    private final Batch batch = new Batch();
    private final JournalWriter journalWriter = new JournalWriter();

    Judging(
            EngineSettings settings,
            GeoTable geo,
            UserBudget budget,
            Cluster cluster,
            Ticker ticker,
            WorkerCounters counters) {
        this.settings = settings;
        this.geo = geo;
        this.budget = budget;
        this.cluster = cluster;
        this.ticker = ticker;
        this.counters = counters;
        this.deadLetters = new DeadLetters(settings.topics().deadLetters(), settings.version());
        this.publisher = new Publisher(settings.topics());
    }

    @Override
    public String input() {
        return settings.topics().input();
    }

    @Override
    public Cluster.Topic check() {
        Preflight preflight = new Preflight(cluster, settings.topics());
        return remembers() ? preflight.check() : preflight.checkWithoutMemory();
    }

    @Override
    public Handover<OwnedPartition> takeOver(Cluster.Topic topic, TopicPartition input, long nowNs) {
        if (!remembers()) {
            return new OffsetTakeover(settings, cluster, topic, input, () -> judge(input));
        }
        TopicPartition state = new TopicPartition(settings.topics().state(), input.partition());
        return new Takeover(
                settings,
                cluster,
                topic,
                input,
                () -> judge(input),
                () -> new Journal(state, cluster, journalWriter, settings.sweepFloorBytes()),
                nowNs);
    }

    private PartitionJudge judge(TopicPartition input) {
        return new PartitionJudge(settings.judge(), geo, budget, input.topic(), input.partition());
    }

    /** Where nothing is remembered of users, it does not matter where their logins lie. */
    private boolean remembers() {
        return settings.judge().profileEnabled();
    }

    @Override
    public boolean toleratesNewPartitions() {
        return !remembers();
    }

    @Override
    public void work(
            OwnedPartition partition, List<ConsumerRecord<byte[], byte[]>> records, Share share, Outbox outbox) {
        batch.clear();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            batch.add(record.key(), record.value(), record.offset(), record.timestamp());
        }
        long nowMs = ticker.wallMs();
        partition.judge().judge(batch, nowMs);
        for (int i = 0; i < batch.size(); i++) {
            outbox.send(
                    share,
                    batch.isAccepted(i) ? processed(partition, records.get(i), i) : refused(records.get(i), i, nowMs));
        }
        publisher.publish(partition, nowMs, record -> outbox.send(share, record));
    }

    @Override
    public void publish(OwnedPartition partition, Supplier<Share> share, Outbox outbox) {
        publisher.publish(partition, ticker.wallMs(), record -> outbox.send(share.get(), record));
    }

    @Override
    public void publishAll(OwnedPartition partition, Supplier<Share> share, Outbox outbox) {
        publisher.publishAll(partition, record -> outbox.send(share.get(), record));
    }

    private ProducerRecord<byte[], byte[]> processed(
            OwnedPartition partition, ConsumerRecord<byte[], byte[]> record, int index) {
        byte[] userId = batch.outputKey(index);
        if (remembers() && (userId != record.key() || partitionOf(userId, partition) != record.partition())) {
            partition.countMisplaced();
        }
        return new ProducerRecord<>(
                settings.topics().processed(),
                null,
                null,
                userId,
                batch.output(index),
                CarriedHeaders.of(record.headers()));
    }

    private static int partitionOf(byte[] userId, OwnedPartition partition) {
        return Utils.toPositive(Utils.murmur2(userId)) % partition.inputPartitions();
    }

    private ProducerRecord<byte[], byte[]> refused(ConsumerRecord<byte[], byte[]> record, int index, long nowMs) {
        refusals.refused(record, batch.reason(index), batch.field(index), ticker.monotonicNs());
        return deadLetters.letter(record, batch.reason(index), batch.field(index), nowMs);
    }

    @Override
    public void holds(Collection<OwnedPartition> partitions) {
        counters.publishJudges(partitions.stream().map(OwnedPartition::judge).toList());
    }

    @Override
    public void released(OwnedPartition partition) {
        counters.retire(partition.judge().tally());
    }

    @Override
    public PartitionStatus status(OwnedPartition partition, String trouble, long lag) {
        return new PartitionStatus(
                partition.input().partition(),
                trouble,
                0,
                partition.nextOffset(),
                lag,
                partition.judge().users(),
                partition.misplaced(),
                partition.journalBytes());
    }
}

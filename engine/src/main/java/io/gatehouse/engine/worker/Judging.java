package io.gatehouse.engine.worker;

import io.gatehouse.core.Batch;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.deadletter.CarriedHeaders;
import io.gatehouse.engine.deadletter.DeadLetters;
import io.gatehouse.engine.deadletter.RefusalLog;
import io.gatehouse.engine.produce.CarryingRecord;
import io.gatehouse.engine.route.Origin;
import io.gatehouse.engine.route.Placement;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalWriter;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The stage that judges logins by the memory of their users: processed events, dead letters and journal come of it. */
final class Judging implements Stage<OwnedPartition> {
    private final EngineSettings settings;
    private final GeoTables geo;
    private final UserBudget budget;
    private final LongSupplier seeds;
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
            GeoTables geo,
            UserBudget budget,
            LongSupplier seeds,
            Cluster cluster,
            Ticker ticker,
            WorkerCounters counters) {
        this.settings = settings;
        this.geo = geo;
        this.budget = budget;
        this.seeds = seeds;
        this.cluster = cluster;
        this.ticker = ticker;
        this.counters = counters;
        this.deadLetters = new DeadLetters(settings.topics().deadLetters(), settings.version());
        this.publisher = new Publisher(settings.topics());
    }

    @Override
    public String input() {
        return settings.judgedTopic();
    }

    @Override
    public Cluster.Topic check() {
        Preflight preflight = new Preflight(cluster, settings);
        return remembers() ? preflight.check() : preflight.checkWithoutMemory();
    }

    @Override
    public Handover<OwnedPartition> takeOver(Cluster.Topic topic, TopicPartition input, long nowNs) {
        if (!remembers()) {
            return new OffsetTakeover<>(
                    cluster,
                    input,
                    settings.start(),
                    (partition, committed) -> {},
                    offset -> withoutMemory(topic, input, offset));
        }
        TopicPartition state = new TopicPartition(settings.topics().state(), input.partition());
        return new Takeover(
                settings,
                cluster,
                topic,
                input,
                () -> judge(input),
                () -> new Journal(state, cluster, journalWriter, settings.sweepFloorBytes(), counters::countSweepRound),
                nowNs);
    }

    private OwnedPartition withoutMemory(Cluster.Topic topic, TopicPartition input, long nextOffset) {
        PartitionJudge judge = judge(input);
        JournalHeader origin = new JournalHeader(
                nextOffset,
                topic.idHigh(),
                topic.idLow(),
                topic.partitions(),
                JournalHeader.KEYED,
                judge.eventTimeMs(),
                0);
        return new OwnedPartition(input, judge, Optional.empty(), origin);
    }

    private PartitionJudge judge(TopicPartition input) {
        return new PartitionJudge(
                settings.judge(), geo, budget, settings.topics().input(), input.partition(), seeds.getAsLong());
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
    public List<String> restsOn() {
        return settings.judge().profileEnabled() ? List.of(settings.topics().state()) : List.of();
    }

    @Override
    public void work(
            OwnedPartition partition, List<ConsumerRecord<byte[], ByteBuffer>> records, Share share, Outbox outbox) {
        batch.clear();
        if (isRekeyed()) {
            takeRouted(partition, records);
        } else {
            records.forEach(record ->
                    batch.add(record.key(), record.value(), Batch.OWN_PARTITION, record.offset(), record.timestamp()));
            partition.judge().decode(batch);
        }
        long nowMs = ticker.wallMs();
        partition.judge().judgeDecoded(batch, nowMs);
        for (int i = 0; i < batch.size(); i++) {
            if (batch.isAccepted(i)) {
                outbox.send(share, processed(partition, records.get(i), i, nowMs));
                partition.timestamps().add(batch.timestampMs(i));
            } else if (!batch.isToldRefused(i)) {
                outbox.send(share, refused(records.get(i), i, nowMs));
                partition.timestamps().add(batch.timestampMs(i));
            }
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

    /** Word of a record that the first stage refused is counted, and nothing else: it has no value, and no other has none. */
    @Override
    public int owed(List<ConsumerRecord<byte[], ByteBuffer>> records) {
        return isRekeyed()
                ? (int) records.stream()
                        .filter(record -> record.value() != null)
                        .count()
                : records.size();
    }

    @Override
    public Ledger ledger(Share share) {
        int results = share.receiptsOf(settings.topics().processed()).all();
        int letters = share.receiptsOf(settings.topics().deadLetters()).all();
        int partition = share.partition().input().partition();
        return new Ledger(partition, share.taken(), results, letters, share.taken() - results - letters);
    }

    @Override
    public void committed(OwnedPartition partition) {
        partition.timestamps().committed(ticker.wallMs(), counters.eventAges());
    }

    private boolean isRekeyed() {
        return settings.routing().partitioning() == Partitioning.REKEY;
    }

    /** Nothing is judged, and so no memory changed, before each record is known to be what the first stage writes. */
    private void takeRouted(OwnedPartition partition, List<ConsumerRecord<byte[], ByteBuffer>> records) {
        for (ConsumerRecord<byte[], ByteBuffer> record : records) {
            Origin origin = Origin.read(record);
            if (origin == null || !origin.topic().equals(settings.topics().input())) {
                throw refusal(record, origin == null ? "was not written by Gatehouse" : "came from " + origin.topic());
            }
            if (origin.refused() == null) {
                batch.add(record.key(), record.value(), origin.partition(), origin.offset(), origin.timestampMs());
            } else {
                batch.addRefused(origin.refused(), origin.partition(), origin.offset(), origin.timestampMs());
            }
        }
        partition.judge().decode(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (!batch.isAccepted(i) && !batch.isToldRefused(i)) {
                throw refusal(
                        records.get(i),
                        "was a login to the first stage and is not to this one ("
                                + batch.reason(i).label() + ")");
            }
        }
    }

    private static Refusal refusal(ConsumerRecord<byte[], ByteBuffer> record, String what) {
        return new Refusal(
                "the record " + record.topic() + "-" + record.partition() + "@" + record.offset() + " " + what
                        + ": no other program may write to this topic, and settings of the input must stay until it is worked"
                        + " off. Restore the settings and restart; or start afresh. " + Trouble.START_AFRESH);
    }

    private ProducerRecord<byte[], byte[]> processed(
            OwnedPartition partition, ConsumerRecord<byte[], ByteBuffer> record, int index, long nowMs) {
        byte[] userId = batch.outputKey(index);
        if (remembers()
                && (userId != record.key()
                        || Placement.of(userId, partition.inputPartitions()) != record.partition())) {
            partition.countMisplaced();
        }
        return new CarryingRecord(
                settings.topics().processed(), nowMs, userId, batch.output(index), CarriedHeaders.of(record));
    }

    private ProducerRecord<byte[], byte[]> refused(ConsumerRecord<byte[], ByteBuffer> record, int index, long nowMs) {
        ConsumerRecord<byte[], byte[]> original = Original.of(record);
        refusals.refused(original, batch.reason(index), batch.field(index), ticker.monotonicNs());
        return deadLetters.letter(original, batch.reason(index), batch.field(index), nowMs);
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

package io.gatehouse.engine.worker;

import io.gatehouse.core.login.Decoder;
import io.gatehouse.core.login.Login;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.OffsetMark;
import io.gatehouse.engine.deadletter.DeadLetters;
import io.gatehouse.engine.deadletter.RefusalLog;
import io.gatehouse.engine.route.Origin;
import io.gatehouse.engine.route.Placement;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/**
 * The stage before judging, where the producer does not key by user: takes each login to its user's partition of the
 * by-user topic, and what is refused to the dead letters. Value and headers stay byte for byte. Stateless.
 */
final class Routing implements Stage<RoutedPartition> {
    private final EngineSettings settings;
    private final Cluster cluster;
    private final Ticker ticker;
    private final Decoder decoder;
    private final DeadLetters deadLetters;
    private final RefusalLog refusals = new RefusalLog();
    private final Login login = new Login();
    private int partitions;

    Routing(EngineSettings settings, Cluster cluster, Ticker ticker) {
        this.settings = settings;
        this.cluster = cluster;
        this.ticker = ticker;
        this.decoder =
                new Decoder(settings.judge().maxEventBytes(), settings.judge().fieldNames());
        this.deadLetters = new DeadLetters(settings.topics().deadLetters(), settings.version());
    }

    @Override
    public String input() {
        return settings.topics().input();
    }

    @Override
    public Cluster.Topic check() {
        Preflight preflight = new Preflight(cluster, settings);
        partitions = preflight.topicByUser().partitions();
        return preflight.checkRouting();
    }

    @Override
    public OffsetTakeover<RoutedPartition> takeOver(Cluster.Topic topic, TopicPartition input, long nowNs) {
        return new OffsetTakeover<>(
                cluster,
                input,
                settings.start(),
                (partition, committed) -> check(topic, partition, committed),
                offset -> new RoutedPartition(input, offset));
    }

    /** It has no journal: what stands beside its offsets tells whether they belong to the topic as it is now. */
    private static void check(Cluster.Topic topic, TopicPartition input, Cluster.Committed committed) {
        OffsetMark mark = OffsetMark.beside(committed)
                .orElseThrow(() -> new Refusal("the committed offset of " + input + ", " + committed.offset()
                        + ", was not committed by Gatehouse: another tool has moved it, and logins would be routed twice or"
                        + " never. " + Trouble.START_AFRESH));
        if (!mark.isOf(topic)) {
            throw new Refusal("the topic " + input.topic()
                    + " was deleted and created again since its offsets were committed: they mean other records now. "
                    + Trouble.START_AFRESH);
        }
        if (mark.partitions() != topic.partitions()) {
            throw new Refusal("the topic " + input.topic() + " has " + topic.partitions() + " partitions, but had "
                    + mark.partitions()
                    + " when its offsets were committed: where to begin in the new ones is a person's decision. "
                    + Trouble.START_AFRESH);
        }
    }

    /** Its partitions are where users are found again. */
    @Override
    public List<String> restsOn() {
        return List.of(settings.routing().byUser());
    }

    @Override
    public void work(
            RoutedPartition partition, List<ConsumerRecord<byte[], ByteBuffer>> records, Share share, Outbox outbox) {
        long nowMs = ticker.wallMs();
        for (ConsumerRecord<byte[], ByteBuffer> record : records) {
            login.takeFrom(record.value());
            decoder.decode(login, record.timestamp());
            if (login.reason() == null) {
                outbox.send(share, routed(record));
            } else {
                refuse(record, share, outbox, nowMs);
            }
        }
        login.take(null);
    }

    private ProducerRecord<byte[], byte[]> routed(ConsumerRecord<byte[], ByteBuffer> record) {
        byte[] userId = login.userId().bytesOr(record.key());
        return new ProducerRecord<>(
                settings.routing().byUser(),
                Placement.of(userId, partitions),
                null,
                userId,
                Utils.toNullableArray(record.value()),
                Origin.of(record, null).after(record.headers()));
    }

    private void refuse(ConsumerRecord<byte[], ByteBuffer> record, Share share, Outbox outbox, long nowMs) {
        ConsumerRecord<byte[], byte[]> original = Original.of(record);
        refusals.refused(original, login.reason(), login.field(), ticker.monotonicNs());
        outbox.send(share, deadLetters.letter(original, login.reason(), login.field(), nowMs));
        outbox.send(share, notice(record));
    }

    /** Statistics are the next stage's, dead letters counted: it must hear of each, exactly once. */
    private ProducerRecord<byte[], byte[]> notice(ConsumerRecord<byte[], ByteBuffer> record) {
        return new ProducerRecord<>(
                settings.routing().byUser(),
                record.partition() % partitions,
                null,
                null,
                null,
                Origin.of(record, login.reason()).after(new RecordHeaders()));
    }

    @Override
    public Ledger ledger(Share share) {
        Receipts routed = share.receiptsOf(settings.routing().byUser());
        int notices = routed.withoutValue();
        int letters = share.receiptsOf(settings.topics().deadLetters()).all();
        int partition = share.partition().input().partition();
        int difference = Math.abs(share.taken() - routed.all()) + Math.abs(notices - letters);
        return new Ledger(partition, share.taken(), routed.withValue(), letters, difference);
    }

    @Override
    public void holds(Collection<RoutedPartition> held) {
        // What is routed is counted where it is judged.
    }

    @Override
    public void released(RoutedPartition partition) {
        // What is routed is counted where it is judged.
    }

    @Override
    public PartitionStatus status(RoutedPartition partition, String trouble, long lag) {
        return new PartitionStatus(partition.input().partition(), trouble, 0, partition.nextOffset(), lag, 0, 0, 0);
    }
}

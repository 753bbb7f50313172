package io.gatehouse.engine.worker;

import io.gatehouse.core.Batch;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.Polling;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's membership in the group, from joining to leaving, with one consumer and one producer.
 *
 * <p>A turn is: poll; work on what came, partition by partition, and send what comes of it, and what the clock brings
 * even where nothing came; read a slice of the journals of partitions that are being taken over; commit when it is time.
 * One transaction carries all that is sent, and the offsets. Rebalances arrive inside the poll.
 */
final class Shift<P extends WorkedPartition> implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Shift.class);

    /** A poll never waits longer: a stop is noticed within it. */
    private static final long LONGEST_POLL_MS = 100;

    /** While something is being taken over or settled, the poll only keeps the membership going. */
    private static final Duration SHORT_POLL = Duration.ofMillis(5);

    private static final Duration READER_CLOSE_TIMEOUT = Duration.ofMillis(500);

    /** Bytes after which a transaction is committed before its interval is over: they are kept until then. */
    private static final long MAX_TRANSACTION_BYTES = 16L << 20;

    /** How often a transaction is sent again before the shift ends and everything is restored. */
    private static final int MAX_RESENDS = 10;

    private final EngineSettings settings;
    private final Stage<P> stage;
    private final Ticker ticker;
    private final WorkerCounters counters;
    private final Cluster.Topic topic;
    private final Consumer<byte[], ByteBuffer> consumer;
    private final Outbox outbox;
    private final StateReader reader;
    private final TopicWatch watch;
    private final Contact contact;
    private final Map<TopicPartition, P> owned = new HashMap<>();
    private final Map<TopicPartition, Handover<P>> takeovers = new HashMap<>();
    private final Map<TopicPartition, String> heldBack = new HashMap<>();
    private final Backoff settleBackoff = new Backoff(TimeUnit.MILLISECONDS.toNanos(20), TimeUnit.SECONDS.toNanos(5));

    private long openedNs;
    private long sealedNs;
    private boolean sealed;
    private boolean closing;
    private boolean hasGrown;
    private String trouble;

    /**
     * Joins the group.
     *
     * @throws KafkaException when the cluster does not let it
     */
    Shift(
            EngineSettings settings,
            Stage<P> stage,
            Clients clients,
            Cluster cluster,
            Ticker ticker,
            WorkerCounters counters,
            String transactionalId) {
        this.settings = settings;
        this.stage = stage;
        this.ticker = ticker;
        this.counters = counters;
        this.topic = stage.check();
        this.watch = new TopicWatch(
                cluster, stage.input(), topic, stage.toleratesNewPartitions(), stage.restsOn(), ticker.monotonicNs());
        this.contact = new Contact(cluster, ticker.monotonicNs());
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            this.consumer = clients.inputConsumer(transactionalId);
            undo.push(() -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
            this.reader = new StateReader(clients.stateConsumer());
            undo.push(() -> reader.close(Duration.ZERO));
            this.outbox = new Outbox(clients, cluster, topic, transactionalId);
            undo.push(() -> outbox.close(Duration.ZERO));
            consumer.subscribe(List.of(stage.input()), this);
        } catch (RuntimeException e) {
            // The next try makes clients of its own; these would be left with their threads.
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    /** Does one round of bounded work. */
    void turn() {
        if (outbox.isUnsettled()) {
            settle();
            return;
        }
        watch.look(ticker.monotonicNs());
        contact.look(ticker.monotonicNs());
        ConsumerRecords<byte[], ByteBuffer> records = poll(pollTimeout());
        if (hasGrown) {
            throw TopicWatch.grown(stage.input());
        }
        work(records);
        publish();
        if (outbox.isUnsettled()) {
            return;
        }
        takeOver();
        if (isCommitDue() || records.isEmpty() && isHalfFull()) {
            commit();
        }
    }

    private ConsumerRecords<byte[], ByteBuffer> poll(Duration timeout) {
        try {
            return Polling.poll(consumer, timeout);
        } catch (InvalidOffsetException e) {
            e.partitions().stream().filter(owned::containsKey).forEach(input -> holdBack(input, Trouble.describe(e)));
            return ConsumerRecords.empty();
        }
    }

    private Duration pollTimeout() {
        if (!takeovers.isEmpty()) {
            return SHORT_POLL;
        }
        if (outbox.isEmpty()) {
            return Duration.ofMillis(LONGEST_POLL_MS);
        }
        if (isHalfFull()) {
            return Duration.ZERO;
        }
        long untilCommitNs = settings.commitInterval().toNanos() - (ticker.monotonicNs() - openedNs);
        return Duration.ofNanos(Math.max(0, Math.min(untilCommitNs, TimeUnit.MILLISECONDS.toNanos(LONGEST_POLL_MS))));
    }

    /** Records that retention deleted are gone: going on behind them is a person's decision, not ours. */
    private void holdBack(TopicPartition input, String why) {
        consumer.pause(List.of(input));
        consumer.seek(input, 0);
        heldBack.put(input, why);
    }

    private void work(ConsumerRecords<byte[], ByteBuffer> records) {
        if (!records.isEmpty()) {
            counters.takesRecords(ticker.monotonicNs());
        }
        for (TopicPartition input : records.nextOffsets().keySet()) {
            P partition = owned.get(input);
            if (partition != null && !outbox.isUnsettled()) {
                work(partition, records.records(input));
            }
            if (partition != null && !outbox.isUnsettled() && !heldBack.containsKey(input)) {
                passOver(partition, records.nextOffsets().get(input).offset());
            }
        }
        if (outbox.isUnsettled()) {
            putBack(records);
        }
    }

    /**
     * Markers and aborted records count as read, and their end is committed though nothing comes of them: or an idle
     * partition's lag would never be 0.
     */
    private void passOver(P partition, long nextOffset) {
        if (nextOffset > partition.nextOffset()) {
            shareOf(partition);
            partition.advanceTo(nextOffset);
        }
    }

    private void work(P partition, List<ConsumerRecord<byte[], ByteBuffer>> records) {
        if (!records.isEmpty() && records.get(0).offset() < partition.nextOffset()) {
            throw new KafkaException("the consumer hands over " + partition.input() + "@"
                    + records.get(0).offset() + " again, which was judged before");
        }
        for (int from = 0; from < records.size() && !outbox.isUnsettled(); from += Batch.CAPACITY) {
            List<ConsumerRecord<byte[], ByteBuffer>> some =
                    records.subList(from, Math.min(records.size(), from + Batch.CAPACITY));
            Share share = shareOf(partition);
            long begunNs = ticker.monotonicNs();
            try {
                stage.work(partition, some, share, outbox);
            } catch (Refusal e) {
                holdBack(partition.input(), e.getMessage());
                return;
            }
            counters.countBatch(ticker.monotonicNs() - begunNs);
            share.take(stage.owed(some));
            outbox.countEvents(some.size());
            partition.advanceTo(some.get(some.size() - 1).offset() + 1);
            if (isCommitDue()) {
                commit();
            }
        }
    }

    /** A turn takes less than a second: so often each partition is asked what is due, idle or not. */
    private void publish() {
        for (P partition : List.copyOf(owned.values())) {
            if (outbox.isUnsettled()) {
                return;
            }
            stage.publish(partition, () -> shareOf(partition), outbox);
            if (isCommitDue()) {
                commit();
            }
        }
    }

    private Share shareOf(P partition) {
        if (outbox.isEmpty()) {
            openedNs = ticker.monotonicNs();
        }
        return outbox.shareOf(partition);
    }

    /** What was polled but not judged is read again once the transaction is settled. */
    private void putBack(ConsumerRecords<byte[], ByteBuffer> records) {
        for (TopicPartition input : records.nextOffsets().keySet()) {
            P partition = owned.get(input);
            if (partition != null) {
                consumer.seek(input, partition.nextOffset());
            }
        }
    }

    private void takeOver() {
        if (takeovers.isEmpty()) {
            return;
        }
        if (!reader.isIdle()) {
            reader.slice(SHORT_POLL);
        }
        for (Handover<P> takeover : List.copyOf(takeovers.values())) {
            takeover.advance(reader, ticker.monotonicNs());
            if (takeover.result() != null) {
                begin(takeover);
            }
        }
    }

    private void begin(Handover<P> takeover) {
        P partition = takeover.result();
        TopicPartition input = partition.input();
        takeovers.remove(input);
        owned.put(input, partition);
        consumer.seek(input, partition.nextOffset());
        consumer.resume(List.of(input));
        stage.holds(owned.values());
        counters.count(Ledger.empty(input.partition()));
        if (takeover.isFirstStart()) {
            // Commits the place to begin at: a restart before the first record must not choose another.
            shareOf(partition);
        }
    }

    private boolean isCommitDue() {
        return !outbox.isEmpty()
                && (outbox.events() >= settings.maxTransactionEvents()
                        || outbox.bytes() >= MAX_TRANSACTION_BYTES
                        || ticker.monotonicNs() - openedNs
                                >= settings.commitInterval().toNanos());
    }

    /** Then a commit is not put off when there is nothing to read: the broker's answers to both are waited for at once. */
    private boolean isHalfFull() {
        return outbox.bytes() >= MAX_TRANSACTION_BYTES / 2;
    }

    private void commit() {
        seal();
        if (outbox.commit(consumer.groupMetadata())) {
            committed();
        } else {
            counters.countAbort();
        }
    }

    /** Completes each share: from here on the transaction's content is final. */
    private void seal() {
        if (!sealed) {
            sealedNs = ticker.monotonicNs();
            outbox.shares().forEach(share -> share.partition().seal(share, outbox));
            sealed = true;
        }
    }

    private void committed() {
        outbox.shares().forEach(this::committed);
        outbox.clear();
        sealed = false;
        trouble = null;
        settleBackoff.succeeded();
        counters.countCommit(ticker.monotonicNs() - sealedNs);
    }

    private void committed(Share share) {
        share.partition().committed(share);
        stage.committed(owned.get(share.partition().input()));
        Ledger ledger = stage.ledger(share);
        counters.count(ledger);
        if (ledger.difference() != 0) {
            LOG.error(
                    "The ledger of {} differs by {}: {} results and {} dead letters were committed of {} records. That is a"
                            + " defect of Gatehouse; keep this log, and see 'gatehouse lab check'",
                    share.partition().input(),
                    ledger.difference(),
                    ledger.out(),
                    ledger.deadLetters(),
                    ledger.in());
        }
    }

    /**
     * Goes one step towards knowing what became of the transaction. The poll comes first: it brings the news of
     * partitions that belong to others now, and the membership under which the rest may be committed.
     */
    private void settle() {
        // Not the consumer's own assignment: it may still tell of partitions that are lost, and refuse to pause them.
        consumer.pause(owned.keySet());
        putBack(poll(SHORT_POLL));
        if (!settleBackoff.isOver(ticker.monotonicNs())) {
            return;
        }
        int resends = outbox.resends();
        try {
            if (outbox.settle(consumer.groupMetadata())) {
                committed();
                consumer.resume(working());
                return;
            }
        } catch (KafkaException e) {
            troubled(e);
            return;
        }
        if (outbox.resends() > resends) {
            troubled(outbox.trouble());
        }
        if (outbox.resends() >= MAX_RESENDS) {
            throw outbox.trouble();
        }
    }

    private void troubled(RuntimeException e) {
        trouble = Trouble.describe(e);
        settleBackoff.failed(ticker.monotonicNs());
    }

    private List<TopicPartition> working() {
        return owned.keySet().stream()
                .filter(input -> !heldBack.containsKey(input))
                .toList();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        counters.countRebalance();
        // Nothing is fetched before the journal has been read and has told where to begin.
        consumer.pause(partitions);
        for (TopicPartition input : partitions) {
            consumer.seek(input, 0);
            takeovers.put(input, stage.takeOver(topic, input, ticker.monotonicNs()));
            hasGrown |= input.partition() >= topic.partitions() && !stage.toleratesNewPartitions();
        }
    }

    /** The partitions still belong to us, until this returns: what was judged of them is committed first. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!closing) {
            commitRest(partitions);
        }
        release(partitions);
    }

    /** Publishes what partitions still have to say before they are given up, and commits all that is judged. */
    private void commitRest(Collection<TopicPartition> partitions) {
        if (outbox.isUnsettled()) {
            return;
        }
        for (TopicPartition input : partitions) {
            P partition = owned.get(input);
            if (partition != null) {
                stage.publishAll(partition, () -> shareOf(partition), outbox);
            }
        }
        if (!outbox.isEmpty()) {
            commit();
        }
    }

    /** The partitions belong to others already: nothing of them may be committed any more. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        release(partitions);
    }

    private void release(Collection<TopicPartition> partitions) {
        outbox.drop(partitions);
        if (outbox.isUnsettled()) {
            seal();
        }
        for (TopicPartition input : partitions) {
            heldBack.remove(input);
            Handover<P> takeover = takeovers.remove(input);
            if (takeover != null) {
                takeover.abandon(reader);
            }
            P partition = owned.remove(input);
            if (partition != null) {
                stage.released(partition);
                partition.close();
            }
        }
        stage.holds(owned.values());
    }

    /** What stands in the way of the transaction, or would of the next one; null when nothing does. */
    String trouble() {
        return trouble == null ? contact.trouble() : trouble;
    }

    /** What each partition is doing, those being taken over included. */
    List<PartitionStatus> partitions() {
        List<PartitionStatus> all = new ArrayList<>();
        takeovers.forEach((input, takeover) -> all.add(
                new PartitionStatus(input.partition(), takeover.trouble(), takeover.remaining(), -1, -1, 0, 0, 0)));
        owned.forEach((input, partition) -> all.add(stage.status(
                partition, heldBack.get(input), consumer.currentLag(input).orElse(-1))));
        return all;
    }

    /** Commits what is judged and leaves the group, within the timeout. */
    void finish(Duration timeout) {
        long endNs = ticker.monotonicNs() + timeout.toNanos();
        commitRest(List.copyOf(owned.keySet()));
        while (outbox.isUnsettled() && ticker.monotonicNs() - endNs < 0) {
            settle();
        }
        close(Duration.ofNanos(Math.max(0, endNs - ticker.monotonicNs())));
    }

    /** Leaves without committing: what was not committed will be judged again by the next owner. */
    void abandon() {
        close(Duration.ZERO);
    }

    private void close(Duration timeout) {
        closing = true;
        try {
            consumer.close(CloseOptions.timeout(timeout));
        } finally {
            reader.close(READER_CLOSE_TIMEOUT);
            outbox.close(timeout);
            release(List.copyOf(owned.keySet()));
            release(List.copyOf(takeovers.keySet()));
        }
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.OffsetMark;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The open transaction of a worker and the producer that carries it. Everything sent is kept until the transaction is
 * known to be committed, so that one that failed can be sent again, as it was, without judging anything twice.
 *
 * <p>A transaction that did not commit at once is <em>unsettled</em>: nothing new may be sent until {@link #settle} has
 * found out, step by step, which way it went, and has sent it again where it went wrong.
 */
final class Outbox {
    private static final Duration AT_ONCE = Duration.ZERO;

    /** How often an unanswered commit is asked for again before its producer is given up. */
    private static final int COMMIT_QUESTIONS = 3;

    private enum Phase {
        /** Open or empty; may be sent to. */
        SOUND,
        /** Did not commit; the producer may still be able to abort. */
        FAILED,
        /** The commit was asked for and not answered. */
        UNANSWERED,
        /** The producer is of no use any more. */
        PRODUCER_LOST,
        /** A new producer is there; whether the old one's commit came through is not known. */
        IN_DOUBT,
        /** Known not to be committed. */
        TO_SEND_AGAIN
    }

    private record SendFailure(String topic, Exception cause) {}

    private final Clients clients;
    private final Cluster cluster;
    private final String transactionalId;
    private final Cluster.Topic topic;
    private final String life = UUID.randomUUID() + ":";
    private final Map<TopicPartition, Share> shares = new LinkedHashMap<>();
    private final AtomicReference<SendFailure> sendFailure = new AtomicReference<>();
    /** Made once, not for each record. */
    private final Function<String, Receipts> receiptsOf =
            topic -> new Receipts(cause -> sendFailure.compareAndSet(null, new SendFailure(topic, cause)));

    private Producer<byte[], byte[]> producer;
    private Phase phase = Phase.SOUND;
    private boolean begun;
    private long sequence;
    private int events;
    private long bytes;
    private int questions;
    private int resends;
    private RuntimeException trouble;
    private CompletableFuture<Optional<Cluster.Committed>> outcome;

    /**
     * @param topic that is read, as it is now
     * @throws KafkaException when the cluster does not let the producer begin
     */
    Outbox(Clients clients, Cluster cluster, Cluster.Topic topic, String transactionalId) {
        this.topic = topic;
        this.clients = clients;
        this.cluster = cluster;
        this.transactionalId = transactionalId;
        replaceProducer();
    }

    boolean isUnsettled() {
        return phase != Phase.SOUND;
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    /** Events judged into the open transaction. */
    int events() {
        return events;
    }

    /** Bytes of the records kept, keys and values. */
    long bytes() {
        return bytes;
    }

    /** How often the present transaction has been sent again. */
    int resends() {
        return resends;
    }

    /** What went wrong with the present transaction; null when nothing has. */
    RuntimeException trouble() {
        return trouble;
    }

    Collection<Share> shares() {
        return List.copyOf(shares.values());
    }

    /** The partition's share of the open transaction; begins one where there is none. */
    Share shareOf(WorkedPartition partition) {
        if (isUnsettled()) {
            throw new IllegalStateException("the transaction is unsettled: its content is final");
        }
        return shares.computeIfAbsent(partition.input(), input -> new Share(partition));
    }

    void countEvents(int judged) {
        events += judged;
    }

    /** Keeps a record and sends it. A failure shows when the transaction is committed. */
    void send(Share share, ProducerRecord<byte[], byte[]> record) {
        share.keep(record);
        bytes += (long) lengthOf(record.key()) + lengthOf(record.value());
        tryToTransmit(share, record);
    }

    private void tryToTransmit(Share share, ProducerRecord<byte[], byte[]> record) {
        if (trouble == null) {
            try {
                transmit(share, record);
            } catch (KafkaException | IllegalStateException e) {
                trouble = e;
            }
        }
    }

    private static int lengthOf(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private void transmit(Share share, ProducerRecord<byte[], byte[]> record) {
        if (!begun) {
            begin();
        }
        Receipts receipts = share.receiptsOf(record.topic(), receiptsOf);
        share.sent(record, producer.send(record, receipts.of(record)));
    }

    private void begin() {
        sendFailure.set(null);
        producer.beginTransaction();
        begun = true;
        sequence++;
    }

    /**
     * Commits what was sent, with the offset of every partition that has a share, moved or not: a transaction without a
     * partition's offset would not be fenced by that partition's next owner.
     *
     * @return true when committed; otherwise it is unsettled
     */
    boolean commit(ConsumerGroupMetadata group) {
        if (trouble != null) {
            return failed(trouble, Phase.FAILED);
        }
        try {
            if (!begun) {
                // A partition's place may be all there is to commit.
                begin();
            }
            producer.sendOffsetsToTransaction(offsets(), group);
        } catch (KafkaException | IllegalStateException e) {
            return failed(e, Phase.FAILED);
        }
        return askForCommit();
    }

    private boolean askForCommit() {
        try {
            producer.commitTransaction();
            return true;
        } catch (TimeoutException e) {
            return failed(e, Phase.UNANSWERED);
        } catch (KafkaException | IllegalStateException e) {
            return failed(e, Phase.FAILED);
        }
    }

    private boolean failed(RuntimeException e, Phase next) {
        SendFailure cause = sendFailure.get();
        // The producer reports a failed record as a failed commit; the record's own failure says more.
        trouble = cause == null ? e : new SendFailedException(cause.topic(), cause.cause());
        phase = next;
        return false;
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        shares.forEach((input, share) ->
                offsets.put(input, new OffsetAndMetadata(share.partition().nextOffset(), mark())));
        return offsets;
    }

    /** What the present attempt calls itself; no other attempt of any producer has the same. */
    private String mark() {
        return OffsetMark.of(life + sequence, topic);
    }

    /** Forgets what was to be written for partitions that belong to others now; the rest is to be sent again. */
    void drop(Collection<TopicPartition> partitions) {
        boolean carried = shares.keySet().removeAll(partitions);
        if (carried && phase == Phase.SOUND) {
            phase = Phase.FAILED;
        }
    }

    /** Begins anew after a commit. */
    void clear() {
        shares.clear();
        begun = false;
        events = 0;
        bytes = 0;
        questions = 0;
        resends = 0;
        trouble = null;
        outcome = null;
        phase = Phase.SOUND;
    }

    /**
     * Brings an unsettled transaction one step nearer to its end.
     *
     * @param group the consumer's present membership
     * @return true when what is still kept is committed, by this call or, as it turns out, before
     * @throws KafkaException when the cluster does not let a new producer begin; ask again later
     */
    boolean settle(ConsumerGroupMetadata group) {
        switch (phase) {
            case UNANSWERED:
                return askAgainForCommit();
            case FAILED:
                abort();
                return false;
            case PRODUCER_LOST:
                replaceProducer();
                phase = Phase.IN_DOUBT;
                return false;
            case IN_DOUBT:
                return learnOutcome();
            case TO_SEND_AGAIN:
                return sendAgain(group);
            default:
                throw new IllegalStateException("nothing is unsettled");
        }
    }

    private boolean askAgainForCommit() {
        if (askForCommit()) {
            return true;
        }
        if (phase == Phase.UNANSWERED && ++questions >= COMMIT_QUESTIONS) {
            phase = Phase.PRODUCER_LOST;
        }
        return false;
    }

    private void abort() {
        try {
            if (begun) {
                producer.abortTransaction();
                begun = false;
            }
            phase = Phase.TO_SEND_AGAIN;
        } catch (KafkaException | IllegalStateException e) {
            // Fenced, expired, or ended after all: only the committed offsets tell.
            phase = Phase.PRODUCER_LOST;
        }
    }

    /** A new producer under the same id: when it may begin, the old one's transaction has ended one way or the other. */
    private void replaceProducer() {
        if (producer != null) {
            producer.close(AT_ONCE);
            producer = null;
        }
        Producer<byte[], byte[]> next = clients.producer(transactionalId);
        try {
            next.initTransactions();
        } catch (RuntimeException e) {
            next.close(AT_ONCE);
            throw e;
        }
        producer = next;
        begun = false;
    }

    private boolean learnOutcome() {
        if (shares.isEmpty()) {
            return true;
        }
        if (outcome == null) {
            outcome = cluster.committed(shares.keySet().iterator().next());
        }
        if (!outcome.isDone()) {
            return false;
        }
        CompletableFuture<Optional<Cluster.Committed>> answer = outcome;
        outcome = null;
        try {
            if (answer.join().filter(found -> found.mark().equals(mark())).isPresent()) {
                return true;
            }
            phase = Phase.TO_SEND_AGAIN;
        } catch (CompletionException e) {
            trouble = new KafkaException("the committed offset could not be read", e.getCause());
        }
        return false;
    }

    private boolean sendAgain(ConsumerGroupMetadata group) {
        if (shares.isEmpty()) {
            return true;
        }
        resends++;
        trouble = null;
        try {
            for (Share share : shares.values()) {
                share.beginAttempt();
                for (ProducerRecord<byte[], byte[]> record : share.records()) {
                    transmit(share, record);
                }
            }
        } catch (KafkaException | IllegalStateException e) {
            return failed(e, Phase.FAILED);
        }
        return commit(group);
    }

    /** Gives up what is open. Uncommitted work is not lost: it is judged again from the committed offsets. */
    void close(Duration timeout) {
        if (producer != null) {
            producer.close(timeout);
        }
    }
}

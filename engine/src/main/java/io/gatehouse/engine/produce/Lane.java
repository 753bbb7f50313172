package io.gatehouse.engine.produce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;

/**
 * The way to one partition. Brokers take a producer's batches in the order of their numbers and no other: when one comes
 * back, nothing more is sent until all that are under way have come back, and then they are sent again in their order.
 * A transaction's first batch travels alone, for it is often refused while the transaction before is being completed.
 *
 * <p>What is being filled and what the coordinator was told are the worker's alone; the rest is guarded by {@link Lanes}.
 * Moments are those of {@code Time.hiResClockMs}, which nobody sets.
 */
final class Lane {
    /** A broker remembers the last five batches of a producer: of more it could not tell which it has. */
    static final int MOST_UNDER_WAY = 5;

    private static final long LONGEST_PAUSE_MS = 200;
    private static final long AT_ONCE = Long.MIN_VALUE;

    private final TopicPartition partition;
    private final Topic topic;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final List<Batch> underWay = new ArrayList<>();
    private final List<Batch> cameBack = new ArrayList<>();
    private int nextSequence;
    private boolean isBegun;
    private long notBeforeMs = AT_ONCE;
    private long pauseMs;
    /** Whether the coordinator has been told that the transaction writes to it; matters to older brokers only. */
    private boolean isAdded;

    /** The batch that is being filled, the worker's alone; null for none. */
    private Batch open;

    Lane(TopicPartition partition, Topic topic) {
        this.partition = partition;
        this.topic = topic;
    }

    TopicPartition partition() {
        return partition;
    }

    Topic topic() {
        return topic;
    }

    Batch open() {
        return open;
    }

    void setOpen(Batch batch) {
        open = batch;
    }

    boolean isAdded() {
        return isAdded;
    }

    void setAdded() {
        isAdded = true;
    }

    /** Takes a sealed batch. */
    void add(Batch batch) {
        waiting.add(batch);
    }

    /** The batch to be sent next; null when none may be sent now. */
    Batch next(long nowMs) {
        boolean mayGo = cameBack.isEmpty() && nowMs >= notBeforeMs && underWay.size() < (isBegun ? MOST_UNDER_WAY : 1);
        return mayGo ? waiting.peek() : null;
    }

    /** The next one is sent. */
    void sent(ProducerIdentity producer) {
        Batch batch = waiting.remove();
        if (!batch.hasSequence()) {
            batch.number(producer, nextSequence);
            nextSequence = DefaultRecordBatch.incrementSequence(nextSequence, batch.records());
        }
        underWay.add(batch);
    }

    /** Whether a batch is waited for: one that was given up since is not. */
    boolean isUnderWay(Batch batch) {
        return underWay.contains(batch);
    }

    /** Whether another one goes before it that is not acknowledged: then a wrong number is that one's fault. */
    boolean isBehindAnother(Batch batch) {
        return underWay.stream().anyMatch(other -> goesBefore(other, batch))
                || cameBack.stream().anyMatch(other -> goesBefore(other, batch));
    }

    private static boolean goesBefore(Batch one, Batch other) {
        // Numbers begin again at 0 after the greatest int.
        return one != other && other.sequence() - one.sequence() > 0;
    }

    void acknowledged(Batch batch) {
        underWay.remove(batch);
        isBegun = true;
        pauseMs = 0;
        turnBack();
    }

    /**
     * A batch was not taken, or nobody knows; it is sent again, after a pause that grows from time to time.
     *
     * @param leastMs of the pause
     */
    void returned(Batch batch, long nowMs, long leastMs) {
        underWay.remove(batch);
        cameBack.add(batch);
        pauseMs = Math.min(Math.max(leastMs, 2 * pauseMs), LONGEST_PAUSE_MS);
        notBeforeMs = nowMs + pauseMs;
        turnBack();
    }

    private void turnBack() {
        if (underWay.isEmpty() && !cameBack.isEmpty()) {
            cameBack.sort(Comparator.comparingInt((Batch batch) -> batch.sequence() - nextSequence));
            for (int i = cameBack.size() - 1; i >= 0; i--) {
                waiting.addFirst(cameBack.get(i));
            }
            cameBack.clear();
        }
    }

    /** When the oldest batch that is not under way was sealed; {@link Long#MAX_VALUE} for none. */
    long oldestMs() {
        long oldest = waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().sealedMs();
        for (Batch batch : cameBack) {
            oldest = Math.min(oldest, batch.sealedMs());
        }
        return oldest;
    }

    long notBeforeMs() {
        return notBeforeMs;
    }

    /** Gives up all there is, and returns it. */
    List<Batch> giveUp() {
        List<Batch> all = new ArrayList<>(underWay);
        all.addAll(cameBack);
        all.addAll(waiting);
        underWay.clear();
        cameBack.clear();
        waiting.clear();
        return all;
    }

    /** Another transaction begins. */
    void beginAgain() {
        isBegun = false;
        isAdded = false;
        notBeforeMs = AT_ONCE;
        pauseMs = 0;
    }

    /** Another epoch begins, and with it the numbers. */
    void numberAgain() {
        nextSequence = 0;
    }
}

package io.gatehouse.engine.state;

import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.Polling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out which partitioning the group works with, from partition 0 of the state topic: blocks of the journal all tell
 * it, so the last one does. Where there is none yet, the first recorded choice counts. What a fresh start has made void
 * tells another one, if the reset has changed it and could not delete the rest.
 *
 * <p>It looks from the end backwards, for the journal may be long. Nothing is waited for that is not committed yet,
 * unless nothing else tells it.
 */
public final class ChoiceSearch {
    private static final Duration POLL = Duration.ofMillis(20);

    /** Offsets from the end, of which a block and the mark of its transaction take two. */
    private static final long FIRST_LOOK = 64;

    private static final int FARTHER = 8;

    private final TopicPartition state;
    private final CompletableFuture<Long> start;
    private final CompletableFuture<Long> stableEnd;
    private final CompletableFuture<Long> end;

    private long look = FIRST_LOOK;
    private long from;
    private long to;
    private boolean begun;
    private boolean found;
    private Partitioning ofBlocks;
    private Partitioning ofChoices;
    private boolean madeVoid;
    private DamagedJournalException damage;

    /** @param state partition 0 of the state topic */
    public ChoiceSearch(Cluster cluster, TopicPartition state) {
        this.state = state;
        this.start = cluster.startOffset(state);
        this.stableEnd = cluster.stableEndOffset(state);
        this.end = cluster.endOffset(state);
    }

    /** What has to be answered before it can begin. */
    public List<CompletableFuture<Long>> questions() {
        return List.of(start, stableEnd, end);
    }

    /**
     * Does what can be done now.
     *
     * @param reader of committed records; what it is assigned to is changed
     * @return true when it is known whether a partitioning is recorded, and which
     * @throws java.util.concurrent.CompletionException when the cluster does not tell how far the partition goes
     */
    public boolean turn(Consumer<byte[], byte[]> reader) {
        if (!found && questions().stream().allMatch(CompletableFuture::isDone)) {
            found = start.join() >= end.join() || read(reader);
        }
        return found;
    }

    private boolean read(Consumer<byte[], byte[]> reader) {
        if (!begun) {
            begin(reader);
        }
        for (ConsumerRecord<byte[], byte[]> record : Polling.poll(reader, POLL)) {
            take(record.value());
        }
        if (reader.position(state) < to) {
            return false;
        }
        if (ofBlocks == null && from > start.join() && !madeVoid) {
            look *= FARTHER;
            begun = false;
            return false;
        }
        if (ofBlocks != null || ofChoices != null || to >= end.join()) {
            return true;
        }
        // What is pending may be the first choice.
        to = end.join();
        return false;
    }

    private void begin(Consumer<byte[], byte[]> reader) {
        from = Math.max(start.join(), stableEnd.join() - look);
        to = Math.max(from, stableEnd.join());
        ofChoices = null;
        damage = null;
        reader.assign(List.of(state));
        reader.seek(state, from);
        begun = true;
    }

    private void take(byte[] value) {
        if (FreshStart.is(value)) {
            madeVoid = true;
            ofBlocks = null;
            ofChoices = null;
            damage = null;
            return;
        }
        try {
            Partitioning told = ChoiceRecord.read(value);
            if (!ChoiceRecord.isChoice(value)) {
                ofBlocks = told;
            } else if (ofChoices == null) {
                ofChoices = told;
            }
        } catch (DamagedJournalException e) {
            damage = e;
        }
    }

    /**
     * The partitioning, once {@link #turn} has returned true; empty when none is recorded.
     *
     * @throws DamagedJournalException when all that could tell it is damaged
     */
    public Optional<Partitioning> found() {
        Partitioning told = ofBlocks == null ? ofChoices : ofBlocks;
        if (told == null && damage != null) {
            throw damage;
        }
        return Optional.ofNullable(told);
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.Cluster;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a partition over where nothing is remembered: the committed offset is all there is, once no transaction that
 * would move it is pending. What a former owner left open ends by its timeout.
 */
final class OffsetTakeover<P extends WorkedPartition> implements Handover<P> {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetTakeover.class);

    private final Cluster cluster;
    private final TopicPartition input;
    private final TopicPartition neighbour;
    private final EngineSettings.Start start;
    private final BiConsumer<TopicPartition, Cluster.Committed> check;
    private final LongFunction<P> owned;
    private final Backoff backoff = new Backoff(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(30));

    private CompletableFuture<Optional<Cluster.Committed>> committed;
    private CompletableFuture<Optional<Cluster.Committed>> committedBeside;
    private CompletableFuture<Long> firstOffset;
    private P result;
    private boolean firstStart;
    private String trouble;

    /**
     * @param check throws a {@link Refusal} when a committed offset of the topic's must not be gone on from
     * @param owned makes the partition, given the offset to go on from
     */
    OffsetTakeover(
            Cluster cluster,
            TopicPartition input,
            EngineSettings.Start start,
            BiConsumer<TopicPartition, Cluster.Committed> check,
            LongFunction<P> owned) {
        this.check = check;
        this.cluster = cluster;
        this.input = input;
        this.neighbour = new TopicPartition(input.topic(), 0);
        this.start = start;
        this.owned = owned;
    }

    @Override
    public void advance(StateReader reader, long nowNs) {
        if (result != null || !backoff.isOver(nowNs)) {
            return;
        }
        try {
            ask();
        } catch (Refusal | CompletionException e) {
            holdUp(Trouble.describe(e instanceof CompletionException ? e.getCause() : e));
            committed = null;
            committedBeside = null;
            firstOffset = null;
            backoff.failed(nowNs);
        }
    }

    private void ask() {
        if (committed == null) {
            committed = cluster.committed(input);
        }
        if (!committed.isDone()) {
            return;
        }
        Optional<Cluster.Committed> place = committed.join();
        if (place.isPresent()) {
            check.accept(input, place.get());
            begin(place.get().offset());
            return;
        }
        if (firstOffset == null) {
            // A partition that was added has no offset; the first one was there before.
            committedBeside = cluster.committed(neighbour);
            firstOffset =
                    start == EngineSettings.Start.EARLIEST ? cluster.startOffset(input) : cluster.endOffset(input);
        }
        if (committedBeside.isDone() && firstOffset.isDone()) {
            committedBeside.join().ifPresent(found -> check.accept(neighbour, found));
            firstStart = true;
            begin(firstOffset.join());
        }
    }

    private void begin(long offset) {
        result = owned.apply(offset);
        trouble = null;
    }

    private void holdUp(String why) {
        if (!why.equals(trouble)) {
            LOG.error("partition {} is held back: {}", input, why);
        }
        trouble = why;
    }

    @Override
    public P result() {
        return result;
    }

    @Override
    public boolean isFirstStart() {
        return firstStart;
    }

    @Override
    public long remaining() {
        return result == null ? 1 : 0;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    /** There is nothing to let go of before the partition is ready. */
    @Override
    public void abandon(StateReader reader) {}
}

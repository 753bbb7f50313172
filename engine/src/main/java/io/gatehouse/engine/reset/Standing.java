package io.gatehouse.engine.reset;

import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.OffsetMark;
import io.gatehouse.engine.reset.PartitionMove.Memory;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.DamagedJournalException;
import io.gatehouse.engine.state.FreshStart;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalReader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Where one partition stands: its committed offset, its journal, its input. Found out step by step, never waiting. */
final class Standing {
    private final TopicPartition input;
    private final TopicPartition state;
    private final Cluster cluster;
    private final Destination destination;
    private final boolean isJournalThere;
    private final boolean isRouted;

    private CompletableFuture<Optional<Cluster.Committed>> committed;
    private CompletableFuture<Long> inputStart;
    private CompletableFuture<Long> inputEnd;
    private CompletableFuture<Long> wanted;
    private CompletableFuture<Long> journalStart;
    private CompletableFuture<Long> journalEnd;
    private JournalHeader lastHeader;
    private boolean hasJournal;
    private String damage;

    /**
     * @param state where its journal lies; null where there is none by design
     * @param isJournalThere false when the state topic does not have the partition yet
     * @param isRouted whether what stands beside the offset tells what it belongs to, for there is no journal
     */
    Standing(
            TopicPartition input,
            TopicPartition state,
            boolean isJournalThere,
            boolean isRouted,
            Cluster cluster,
            Destination destination) {
        this.input = input;
        this.isJournalThere = isJournalThere;
        this.isRouted = isRouted;
        this.state = state;
        this.cluster = cluster;
        this.destination = destination;
    }

    TopicPartition input() {
        return input;
    }

    TopicPartition state() {
        return state;
    }

    /**
     * Asks what can be asked now: first for the committed offset, once nobody's transaction would move it, and only then
     * for the journal's bounds.
     *
     * @return true when all is answered
     * @throws java.util.concurrent.CompletionException when the cluster does not answer
     */
    boolean ask() {
        if (committed == null) {
            committed = cluster.committed(input);
            inputStart = cluster.startOffset(input);
            inputEnd = cluster.endOffset(input);
            wanted = destination instanceof Destination.Time time
                    ? cluster.offsetAt(input, time.epochMs())
                    : CompletableFuture.completedFuture(PartitionMove.NOWHERE);
        }
        if (!isAnswered(committed) || !isAnswered(inputStart) || !isAnswered(inputEnd) || !isAnswered(wanted)) {
            return false;
        }
        if (journalEnd == null) {
            journalEnd = isJournalThere ? cluster.endOffset(state) : CompletableFuture.completedFuture(0L);
            journalStart = isJournalThere ? cluster.startOffset(state) : CompletableFuture.completedFuture(0L);
        }
        return isAnswered(journalEnd) && isAnswered(journalStart);
    }

    private static boolean isAnswered(CompletableFuture<?> question) {
        if (question.isDone()) {
            question.join();
            return true;
        }
        return false;
    }

    long journalStart() {
        return journalStart.join();
    }

    long journalEnd() {
        return journalEnd.join();
    }

    /** Takes over a record of the journal. */
    void take(long offset, byte[] value) {
        if (ChoiceRecord.isChoice(value)) {
            return;
        }
        hasJournal = true;
        if (FreshStart.is(value)) {
            lastHeader = null;
            damage = null;
            return;
        }
        try {
            lastHeader = JournalReader.header(value);
        } catch (DamagedJournalException e) {
            damage = "its journal cannot be read at offset " + offset + ": " + e.getMessage();
        }
    }

    JournalHeader lastHeader() {
        return lastHeader;
    }

    /**
     * What a reset does to the partition; null when it is not named, stands nowhere and so will begin where the
     * configuration says.
     *
     * @param topic the input as it is now
     * @param where what to move to
     * @param everything whether memory is forgotten in all partitions, for users may have moved between them
     * @throws NoSuchOffsetException when there is no such offset
     */
    PartitionMove move(Cluster.Topic topic, Destination where, boolean everything) {
        long from = from(topic);
        long to = to(where, from);
        if (to == PartitionMove.NOWHERE) {
            return null;
        }
        if (to < inputStart.join() || to > inputEnd.join()) {
            throw new NoSuchOffsetException("partition " + input.partition() + " of " + input.topic()
                    + " has no offset " + to + ": it goes from " + inputStart.join() + " to " + inputEnd.join());
        }
        return new PartitionMove(input.partition(), from, to, memory(topic, everything, from, to), found(topic));
    }

    private Memory memory(Cluster.Topic topic, boolean everything, long from, long to) {
        if (!hasJournal) {
            return Memory.NONE;
        }
        boolean tellsWhereItStands = damage == null && lastHeader != null && isOf(topic);
        return tellsWhereItStands && !everything && to >= from ? Memory.KEPT : Memory.FORGOTTEN;
    }

    private long from(Cluster.Topic topic) {
        if (lastHeader != null && damage == null && isOf(topic)) {
            return lastHeader.nextOffset();
        }
        return committed.join().map(Cluster.Committed::offset).orElse(PartitionMove.NOWHERE);
    }

    private long to(Destination where, long from) {
        if (where instanceof Destination.Earliest) {
            return inputStart.join();
        }
        if (where instanceof Destination.Latest) {
            return inputEnd.join();
        }
        if (where instanceof Destination.Offsets offsets) {
            return offsets.byPartition().getOrDefault(input.partition(), from);
        }
        return wanted.join();
    }

    private boolean isOf(Cluster.Topic topic) {
        return lastHeader.topicIdHigh() == topic.idHigh() && lastHeader.topicIdLow() == topic.idLow();
    }

    /** Whether the journal, if there is one, was written for this topic. */
    boolean belongsTo(Cluster.Topic topic) {
        return lastHeader == null || isOf(topic) && wasOf(topic.partitions());
    }

    /** Whether the journal was written when the input had another number of partitions. */
    boolean wasOf(int partitions) {
        return lastHeader == null || lastHeader.partitionCount() == partitions;
    }

    boolean hasOffset() {
        return committed.join().isPresent();
    }

    /** What stands beside the offset; empty when it is not one that Gatehouse has come to in this topic. */
    Optional<OffsetMark> mark(Cluster.Topic topic) {
        return committed.join().flatMap(OffsetMark::beside).filter(mark -> mark.isOf(topic));
    }

    private String foundBeside(Cluster.Committed place, Cluster.Topic topic) {
        Optional<OffsetMark> mark = OffsetMark.beside(place);
        if (mark.isEmpty()) {
            return "another tool has moved the group's offset to " + place.offset();
        }
        if (!mark.get().isOf(topic)) {
            return "the topic was deleted and created again";
        }
        return mark.get().partitions() == topic.partitions()
                ? null
                : "the topic had " + mark.get().partitions() + " partitions";
    }

    private String found(Cluster.Topic topic) {
        if (damage != null) {
            return damage;
        }
        Optional<Cluster.Committed> offset = committed.join();
        if (state == null) {
            return isRouted ? offset.map(place -> foundBeside(place, topic)).orElse(null) : null;
        }
        if (lastHeader == null) {
            return offset.isEmpty() ? null : "its journal is empty";
        }
        if (!isOf(topic)) {
            return "the topic was deleted and created again";
        }
        if (!wasOf(topic.partitions())) {
            return "the topic had " + lastHeader.partitionCount() + " partitions";
        }
        if (offset.isEmpty()) {
            return "the group's offset is gone";
        }
        return offset.get().offset() == lastHeader.nextOffset()
                ? null
                : "another tool has moved the group's offset to " + offset.get().offset();
    }
}

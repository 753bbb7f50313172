package io.gatehouse.engine.worker;

import io.gatehouse.core.PartitionJudge;
import io.gatehouse.engine.state.JournalHeader;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** An input partition that has been taken over: its users' memory, its journal, its place in the input. */
final class OwnedPartition implements WorkedPartition {
    private final TopicPartition input;
    private final PartitionJudge judge;
    private final Optional<Journal> journal;
    private final JournalHeader origin;
    private final Timestamps timestamps = new Timestamps();
    private long nextOffset;
    private long misplaced;

    /**
     * @param journal empty where nothing is remembered
     * @param origin what every header of this partition says alike; its offset is where the input is read from
     */
    OwnedPartition(TopicPartition input, PartitionJudge judge, Optional<Journal> journal, JournalHeader origin) {
        this.input = input;
        this.judge = judge;
        this.journal = journal;
        this.origin = origin;
        this.nextOffset = origin.nextOffset();
    }

    @Override
    public TopicPartition input() {
        return input;
    }

    PartitionJudge judge() {
        return judge;
    }

    @Override
    public long nextOffset() {
        return nextOffset;
    }

    @Override
    public void advanceTo(long offset) {
        nextOffset = offset;
    }

    /** Records whose key is not their user, or that lie in another partition than the default partitioner's. */
    long misplaced() {
        return misplaced;
    }

    void countMisplaced() {
        misplaced++;
    }

    /** Those of the records that wait for the next commit. */
    Timestamps timestamps() {
        return timestamps;
    }

    long journalBytes() {
        return journal.map(Journal::bytes).orElse(0L);
    }

    int inputPartitions() {
        return origin.partitionCount();
    }

    @Override
    public void seal(Share share, Outbox outbox) {
        journal.ifPresent(j -> j.write(judge, header(), share, outbox));
    }

    private JournalHeader header() {
        return new JournalHeader(
                nextOffset,
                origin.topicIdHigh(),
                origin.topicIdLow(),
                origin.partitionCount(),
                origin.partitioning(),
                judge.eventTimeMs(),
                origin.settingsFingerprint());
    }

    @Override
    public void committed(Share share) {
        journal.ifPresent(j -> j.committed(share));
    }

    @Override
    public void close() {
        judge.close();
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.core.PartitionJudge;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalWriter;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one partition's journal, and keeps it short: when it has grown to about twice the live state, a round of the
 * sweep writes the users again that have not been written since the round began, a few with each commit; when the round
 * ends, everything before its first block is deleted.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** The least that a commit sweeps, so that a round ends also when few users change. */
    private static final int SWEEP_STEP_BYTES = 16 * 1024;

    private final TopicPartition state;
    private final Cluster cluster;
    private final JournalWriter writer;
    private final long sweepFloorBytes;
    private final Runnable roundEnded;

    private long bytes;
    private long bytesBeforeRound;
    private long roundStart = Share.UNKNOWN;
    private boolean sweeping;
    private boolean roundBegins;
    private boolean roundEnds;
    private long blockBytes;

    /**
     * @param writer may serve other partitions too, one commit after another
     * @param sweepFloorBytes length below which the journal is not worth sweeping
     * @param roundEnded told when a round of the sweep is known to be committed to its end
     */
    Journal(TopicPartition state, Cluster cluster, JournalWriter writer, long sweepFloorBytes, Runnable roundEnded) {
        this.state = state;
        this.cluster = cluster;
        this.writer = writer;
        this.sweepFloorBytes = sweepFloorBytes;
        this.roundEnded = roundEnded;
    }

    /** Bytes that the journal holds by our own count, uncompressed. */
    long bytes() {
        return bytes;
    }

    /** Counts a block that was there before this owner came. */
    void restored(int blockLengthBytes) {
        bytes += blockLengthBytes;
    }

    /** Adds the commit's blocks to the partition's share. */
    void write(PartitionJudge judge, JournalHeader header, Share share, Outbox outbox) {
        if (!sweeping && bytes > 2 * (judge.liveImageBytes() + judge.statisticsImageBytes()) + sweepFloorBytes) {
            judge.beginSweep();
            sweeping = true;
            roundBegins = true;
        }
        judge.drainChanges(writer);
        if (sweeping) {
            roundEnds = judge.sweep(Math.max(SWEEP_STEP_BYTES, writer.pendingBytes()), writer);
        }
        List<byte[]> blocks = writer.finish(header);
        blockBytes = 0;
        for (byte[] block : blocks) {
            var record = new ProducerRecord<byte[], byte[]>(state.topic(), state.partition(), null, block);
            if (blockBytes == 0) {
                share.markFirstBlock(record);
            }
            blockBytes += block.length;
            outbox.send(share, record);
        }
    }

    /** The commit that carried the last {@link #write} is known to have come through. */
    void committed(Share share) {
        if (roundBegins) {
            roundStart = share.firstBlockOffset();
            bytesBeforeRound = bytes;
            roundBegins = false;
        }
        bytes += blockBytes;
        if (roundEnds) {
            endRound();
        }
    }

    private void endRound() {
        sweeping = false;
        roundEnds = false;
        roundEnded.run();
        if (roundStart == Share.UNKNOWN) {
            // The answer that told where the round began was lost; the next round will delete more.
            return;
        }
        long before = roundStart;
        cluster.trim(state, before).whenComplete((done, failure) -> {
            if (failure != null) {
                // Nothing is wrong but the journal's length, and the next round tries again.
                LOG.warn("journal {} could not be trimmed before offset {}: {}", state, before, failure.getMessage());
            }
        });
        bytes -= bytesBeforeRound;
    }
}

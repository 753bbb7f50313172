package io.gatehouse.engine.produce;

import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.compress.Compression;

/** What is known of a topic that was written to. But for the limit and the buffers, it is the worker's alone. */
final class Topic {
    /** What a batch is expected to be compressed to, at most, once others of its topic were: some are less alike. */
    private static final double MARGIN = 1.05;
    /** How fast the expectation follows what is seen. */
    private static final double FOLLOWS = 0.2;

    /** In place of one, before there is any. */
    static final Topic NONE = new Topic("", Compression.NONE, 0);

    private static final int LEAST_BUFFER_BYTES = 4 << 10;
    /** A buffer is made a little larger than what was in the one before. */
    private static final double SPARE = 1.125;

    private static final int BUFFERS_KEPT = 32;

    private final String name;
    private final Compression compression;
    private Cluster knownFrom;
    private Lane[] lanes = {};
    private double ratio = 1;
    private int sealedBatches;
    private volatile int mostBytes;

    /** Of batches that are acknowledged, to be lent to others. */
    private final Deque<ByteBuffer> buffers = new ConcurrentLinkedDeque<>();
    /** What a buffer should have room for. */
    private int bufferBytes = LEAST_BUFFER_BYTES;

    /** @param batchBytes what a batch may come to, compressed */
    Topic(String name, Compression compression, int batchBytes) {
        this.name = name;
        this.compression = compression;
        this.mostBytes = batchBytes;
    }

    String name() {
        return name;
    }

    /** How its batches are compressed. */
    Compression compression() {
        return compression;
    }

    /** Whether the lanes are those of this state of the cluster. */
    boolean isKnownFrom(Cluster cluster) {
        return knownFrom == cluster;
    }

    /** Takes the ways to its partitions, by their numbers. */
    void know(Cluster cluster, Lane[] all) {
        knownFrom = cluster;
        lanes = all;
    }

    int partitions() {
        return lanes.length;
    }

    Lane lane(int partition) {
        return lanes[partition];
    }

    /** The partition for records without a key: another one with each batch. */
    int partitionWithoutKey() {
        return sealedBatches % lanes.length;
    }

    /** Whether nothing more should be added to a batch. */
    boolean isFull(Batch batch) {
        return batch.rawBytes() * ratio * MARGIN >= mostBytes;
    }

    /** Learns from a batch that has been compressed. */
    void sealed(Batch batch) {
        ratio += FOLLOWS * ((double) batch.sizeBytes() / batch.rawBytes() - ratio);
        sealedBatches = sealedBatches + 1 & Integer.MAX_VALUE;
        bufferBytes = Math.max(bufferBytes, (int) (batch.sizeBytes() * SPARE));
    }

    /** A buffer that the next batch probably fits into. */
    ByteBuffer buffer() {
        ByteBuffer lent = buffers.poll();
        return lent == null || lent.capacity() < bufferBytes ? ByteBuffer.allocate(bufferBytes) : lent.clear();
    }

    /** Takes a buffer back that nothing refers to any more. Any thread may give it back. */
    void giveBack(ByteBuffer buffer) {
        if (buffers.size() < BUFFERS_KEPT) {
            buffers.add(buffer);
        }
    }

    /** The topic does not take batches so large: from now on they are at most half of that. Any thread may say so. */
    void tooLarge(int sizeBytes) {
        mostBytes = Math.max(1, sizeBytes / 2);
    }
}

package io.gatehouse.core;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.ImageSink;
import io.gatehouse.core.profile.UserBudget;
import java.nio.ByteBuffer;

/**
 * Judges the logins of one partition in order, and holds what is remembered of its users. Single-threaded, but for
 * {@link #tally()}, which other threads may read.
 */
public final class PartitionJudge implements AutoCloseable {
    /**
     * @param topic the source's name as it appears in {@code source.topic}
     * @param partition the source's partition
     */
    public PartitionJudge(JudgeSettings settings, GeoTable geo, UserBudget budget, String topic, int partition) {
        throw new UnsupportedOperationException("written next");
    }

    /**
     * Judges all records of a batch, in order, and leaves the verdicts in it.
     *
     * @param nowMs wall clock, epoch milliseconds: {@code processed_timestamp}
     */
    public void judge(Batch batch, long nowMs) {
        throw new UnsupportedOperationException("written next");
    }

    /**
     * Hands over the images of all users changed or forgotten since the last call, each once, and counts them as
     * journaled.
     */
    public void drainChanges(ImageSink sink) {
        throw new UnsupportedOperationException("written next");
    }

    /** Begins a round of the sweep: from here on, users count as not journaled until an image of them is handed over. */
    public void beginSweep() {
        throw new UnsupportedOperationException("written next");
    }

    /**
     * Moves the hand on and hands over images of users that have not been journaled since the round began, until about
     * {@code maxBytes} are written or the round ends. Users whose retention is over are forgotten on the way.
     *
     * @return true when the round has ended (or none is under way)
     */
    public boolean sweep(int maxBytes, ImageSink sink) {
        throw new UnsupportedOperationException("written next");
    }

    /**
     * Takes over one image; a later image of the same user replaces an earlier one.
     *
     * @throws IllegalArgumentException when the bytes are no image
     */
    public void restore(ByteBuffer image) {
        throw new UnsupportedOperationException("written next");
    }

    /** Takes over the partition's event time from the journal's header. */
    public void restoreEventTime(long eventTimeMs) {
        throw new UnsupportedOperationException("written next");
    }

    /** The largest event time accepted so far, epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long eventTimeMs() {
        throw new UnsupportedOperationException("written next");
    }

    public int users() {
        throw new UnsupportedOperationException("written next");
    }

    /** Bytes that the images of all users together take: what a journal without history would hold. */
    public long liveImageBytes() {
        throw new UnsupportedOperationException("written next");
    }

    /** Gives the users back to the budget. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("written next");
    }
}

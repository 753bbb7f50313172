package io.gatehouse.engine.worker;

import org.apache.kafka.common.TopicPartition;

/** An input partition that has been taken over and is worked on: its place in the input, and what a commit says of it. */
interface WorkedPartition {
    TopicPartition input();

    /** The offset after the last record worked on: what a commit now would commit. */
    long nextOffset();

    void advanceTo(long offset);

    /** Adds to the partition's share what a commit carries besides the records' outcomes. */
    void seal(Share share, Outbox outbox);

    /** The commit that carried the share is known to have come through. */
    void committed(Share share);

    /** Lets go of what is held for the partition. */
    void close();
}

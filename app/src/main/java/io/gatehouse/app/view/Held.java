package io.gatehouse.app.view;

import org.apache.kafka.common.TopicPartition;

/**
 * The last value of a key, as far as it has been read.
 *
 * @param from where it lies in the topic
 * @param bytes length of the record's value
 */
record Held<P extends PublishedRecord>(P record, TopicPartition from, long offset, int bytes) {
    /** A key stays in its partition, unless partitions are added: then what is read later counts as later. */
    boolean replaces(Held<P> other) {
        return !from.equals(other.from) || offset > other.offset;
    }
}

package io.gatehouse.engine.worker;

import org.apache.kafka.common.TopicPartition;

/** An input partition whose records are routed: nothing but a place in it. */
final class RoutedPartition implements WorkedPartition {
    private final TopicPartition input;
    private long nextOffset;

    RoutedPartition(TopicPartition input, long nextOffset) {
        this.input = input;
        this.nextOffset = nextOffset;
    }

    @Override
    public TopicPartition input() {
        return input;
    }

    @Override
    public long nextOffset() {
        return nextOffset;
    }

    @Override
    public void advanceTo(long offset) {
        nextOffset = offset;
    }

    @Override
    public void seal(Share share, Outbox outbox) {
        // Routing remembers nothing.
    }

    @Override
    public void committed(Share share) {
        // Routing remembers nothing.
    }

    @Override
    public void close() {
        // Routing holds nothing.
    }
}

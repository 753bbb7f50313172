package io.gatehouse.engine.cluster;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;

/** Asks a consumer for records. */
public final class Polling {
    private Polling() {}

    /**
     * The same as {@link Consumer#poll}, but for a consumer's own confusion: its two threads can get in each other's way
     * when a leader changes meanwhile, and then it finds itself without a position (seen with Kafka 4.3.1). That is no
     * defect of the caller's: nothing more is to be expected of that consumer, and all of another one.
     *
     * @throws KafkaException also when the consumer is in a state that it should not have
     */
    public static <V> ConsumerRecords<byte[], V> poll(Consumer<byte[], V> consumer, Duration longest) {
        try {
            return consumer.poll(longest);
        } catch (IllegalStateException e) {
            throw new KafkaException("the consumer is in no state to go on: " + e.getMessage(), e);
        }
    }
}

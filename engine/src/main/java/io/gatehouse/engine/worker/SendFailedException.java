package io.gatehouse.engine.worker;

import org.apache.kafka.common.KafkaException;

/** A record that a topic did not take. */
final class SendFailedException extends KafkaException {
    private final String topic;

    SendFailedException(String topic, Exception cause) {
        super("a record could not be written to topic " + topic + ": " + cause.getMessage(), cause);
        this.topic = topic;
    }

    String topic() {
        return topic;
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.core.Publications;
import io.gatehouse.engine.EngineSettings.Topics;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes records of what partitions publish beside their processed events. */
final class Publisher {
    private final Topics topics;

    Publisher(Topics topics) {
        this.topics = topics;
    }

    /** Hands over what a partition has to publish now, if anything. */
    void publish(OwnedPartition partition, long nowMs, Consumer<ProducerRecord<byte[], byte[]>> to) {
        partition.judge().publish(nowMs, publications(to));
    }

    /** Hands over what would be due soon, too. */
    void publishAll(OwnedPartition partition, Consumer<ProducerRecord<byte[], byte[]>> to) {
        partition.judge().publishAll(publications(to));
    }

    private Publications publications(Consumer<ProducerRecord<byte[], byte[]>> to) {
        return new Publications() {
            @Override
            public void session(byte[] key, byte[] value) {
                to.accept(new ProducerRecord<>(topics.sessions(), key, value));
            }

            @Override
            public void statistics(byte[] key, byte[] value) {
                to.accept(new ProducerRecord<>(topics.statistics(), key, value));
            }
        };
    }
}

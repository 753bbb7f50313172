package io.gatehouse.lab.fault;

import io.gatehouse.engine.cluster.Clients;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A defect between a worker and Kafka. What is not overridden goes as it should. Called by all of an engine's threads.
 */
public interface Tampering {
    /** @param callback null when nobody waits for the answer */
    default Future<RecordMetadata> send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
        return producer.send(record, callback);
    }

    default void sendOffsets(
            Producer<byte[], byte[]> producer,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        producer.sendOffsetsToTransaction(offsets, group);
    }

    default void commit(Producer<byte[], byte[]> producer) {
        producer.commitTransaction();
    }

    /** Clients whose producers are tampered with. By reflection: of all their methods, few are of interest. */
    @SuppressWarnings("unchecked")
    default Clients before(Clients sound) {
        return Proxies.with(Clients.class, (method, arguments) -> {
            Object made = Proxies.call(sound, method, arguments);
            return method.getName().equals("producer") ? before((Producer<byte[], byte[]>) made) : made;
        });
    }

    /** A producer that is tampered with. */
    @SuppressWarnings("unchecked")
    default Producer<byte[], byte[]> before(Producer<byte[], byte[]> sound) {
        return Proxies.with(Producer.class, (method, arguments) -> {
            switch (method.getName()) {
                case "send":
                    Callback callback = arguments.length > 1 ? (Callback) arguments[1] : null;
                    return send(sound, (ProducerRecord<byte[], byte[]>) arguments[0], callback);
                case "sendOffsetsToTransaction":
                    sendOffsets(sound, (Map<TopicPartition, OffsetAndMetadata>) arguments[0], (ConsumerGroupMetadata)
                            arguments[1]);
                    return null;
                case "commitTransaction":
                    commit(sound);
                    return null;
                default:
                    return Proxies.call(sound, method, arguments);
            }
        });
    }
}

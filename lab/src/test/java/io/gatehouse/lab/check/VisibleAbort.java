package io.gatehouse.lab.check;

import io.gatehouse.lab.fault.Tampering;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The first commit fails, and a result of its transaction can be read all the same: it was written outside of it. */
final class VisibleAbort implements Tampering {
    private final Map<String, Object> kafka;
    private final String topic;
    private boolean isShown;
    private boolean hasFailed;

    VisibleAbort(Map<String, Object> kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (!isShown && record.topic().equals(topic)) {
            isShown = true;
            try (Producer<byte[], byte[]> plain =
                    new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
                plain.send(record);
            }
        }
        return producer.send(record, callback);
    }

    @Override
    public synchronized void commit(Producer<byte[], byte[]> producer) {
        if (!hasFailed) {
            hasFailed = true;
            throw new KafkaException("a commit that fails on purpose");
        }
        producer.commitTransaction();
    }
}

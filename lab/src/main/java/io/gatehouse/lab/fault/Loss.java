package io.gatehouse.lab.fault;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** One record of a topic, the first that comes, is dropped in silence. */
final class Loss implements Tampering {
    private final String topic;
    private final AtomicBoolean hasHappened = new AtomicBoolean();

    Loss(String topic) {
        this.topic = topic;
    }

    @Override
    public Future<RecordMetadata> send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
        boolean isLost = record.topic().equals(topic) && hasHappened.compareAndSet(false, true);
        return isLost ? CompletableFuture.completedFuture(null) : producer.send(record, callback);
    }
}

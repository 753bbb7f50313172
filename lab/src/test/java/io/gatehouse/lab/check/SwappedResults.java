package io.gatehouse.lab.check;

import io.gatehouse.lab.fault.Tampering;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** One result is written behind its user's next one. */
final class SwappedResults implements Tampering {
    private record Held(ProducerRecord<byte[], byte[]> record, Callback callback) {}

    private final String topic;
    private Held held;
    private boolean hasHappened;

    SwappedResults(String topic) {
        this.topic = topic;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (hasHappened || !record.topic().equals(topic)) {
            return producer.send(record, callback);
        }
        if (held == null) {
            held = new Held(record, callback);
            return CompletableFuture.completedFuture(null);
        }
        Future<RecordMetadata> answer = producer.send(record, callback);
        if (Arrays.equals(record.key(), held.record.key())) {
            hasHappened = true;
            release(producer);
        }
        return answer;
    }

    /** Where the user has no other result in this transaction, another one may have. */
    @Override
    public synchronized void commit(Producer<byte[], byte[]> producer) {
        if (held != null) {
            release(producer);
        }
        producer.commitTransaction();
    }

    private void release(Producer<byte[], byte[]> producer) {
        producer.send(held.record, held.callback);
        held = null;
    }
}

package io.gatehouse.lab.check;

import io.gatehouse.lab.fault.Tampering;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A topic in which something is written otherwise than it should be. */
final class TamperedTopic implements Tampering {
    enum Extent {
        /** The first record that the change concerns. */
        FIRST,
        /** All records of its key: the last one counts. */
        OF_ONE_KEY,
        ALL
    }

    private final String topic;
    private final Extent extent;
    private final RecordChange change;
    private ProducerRecord<byte[], byte[]> first;

    TamperedTopic(String topic, Extent extent, RecordChange change) {
        this.topic = topic;
        this.extent = extent;
        this.change = change;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
        Future<RecordMetadata> answer = CompletableFuture.completedFuture(null);
        Callback next = callback;
        for (ProducerRecord<byte[], byte[]> one : instead(record)) {
            answer = producer.send(one, next);
            next = null;
        }
        return answer;
    }

    private List<ProducerRecord<byte[], byte[]>> instead(ProducerRecord<byte[], byte[]> record) {
        if (!record.topic().equals(topic) || !isMeant(record)) {
            return List.of(record);
        }
        List<ProducerRecord<byte[], byte[]>> changed = change.apply(record);
        if (first == null && !changed.equals(List.of(record))) {
            first = record;
        }
        return changed;
    }

    private boolean isMeant(ProducerRecord<byte[], byte[]> record) {
        return first == null
                || extent == Extent.ALL
                || extent == Extent.OF_ONE_KEY && Arrays.equals(record.key(), first.key());
    }
}

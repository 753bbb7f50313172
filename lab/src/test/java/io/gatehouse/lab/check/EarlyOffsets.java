package io.gatehouse.lab.check;

import io.gatehouse.lab.fault.Tampering;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** The offsets of the first transaction are committed, and its results are not. */
final class EarlyOffsets implements Tampering {
    private Map<TopicPartition, OffsetAndMetadata> offsets;
    private ConsumerGroupMetadata group;
    private boolean hasHappened;

    @Override
    public synchronized void sendOffsets(
            Producer<byte[], byte[]> producer, Map<TopicPartition, OffsetAndMetadata> sent, ConsumerGroupMetadata of) {
        offsets = sent;
        group = of;
        producer.sendOffsetsToTransaction(sent, of);
    }

    @Override
    public synchronized void commit(Producer<byte[], byte[]> producer) {
        // Before that, the choice of a partitioning is committed, without offsets.
        if (!hasHappened && offsets != null) {
            hasHappened = true;
            // So that no send fails for being given up.
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(offsets, group);
        }
        producer.commitTransaction();
    }
}

package io.gatehouse.engine.worker;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/** A copy of what was read, to be kept as long as is needed. */
final class Original {
    private Original() {}

    /** The record with a value of its own. */
    static ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], ByteBuffer> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                Utils.toNullableArray(record.value()),
                record.headers(),
                record.leaderEpoch());
    }
}

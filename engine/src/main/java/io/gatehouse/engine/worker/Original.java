package io.gatehouse.engine.worker;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Copies of what was read, to be kept as long as is needed. */
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
                bytes(record.value()),
                record.headers(),
                record.leaderEpoch());
    }

    /** A value's bytes in an array of their own; null where there is none. */
    static byte[] bytes(ByteBuffer value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }
}

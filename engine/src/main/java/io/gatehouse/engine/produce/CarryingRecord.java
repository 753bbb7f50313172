package io.gatehouse.engine.produce;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** A record that carries another one's headers: they are not copied for it, as Kafka's own does. */
public final class CarryingRecord extends ProducerRecord<byte[], byte[]> {
    private final Headers carried;

    /**
     * A record for whichever partition its key says.
     *
     * @param value null for none
     * @param carried must not change any more
     */
    public CarryingRecord(String topic, long timestampMs, byte[] key, byte[] value, Headers carried) {
        super(topic, null, timestampMs, key, value);
        this.carried = carried;
    }

    @Override
    public Headers headers() {
        return carried;
    }
}

package io.gatehouse.engine.cluster;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the clients of a worker. */
public interface Clients {
    /**
     * A member of the group, not yet subscribed. Values are not copied: each is a part of an array that holds other things,
     * too, perhaps all that came in one answer. So nobody may keep one for long.
     *
     * @param clientId by which people tell it from the group's other members
     */
    Consumer<byte[], ByteBuffer> inputConsumer(String clientId);

    /** A reader of committed records outside any group, for the state topic. */
    Consumer<byte[], byte[]> stateConsumer();

    /** A producer whose transactions are not yet initialised. */
    Producer<byte[], byte[]> producer(String transactionalId);
}

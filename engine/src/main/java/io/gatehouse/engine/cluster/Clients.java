package io.gatehouse.engine.cluster;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the clients of a worker. */
public interface Clients {
    /**
     * A member of the group, not yet subscribed.
     *
     * @param clientId by which people tell it from the group's other members
     */
    Consumer<byte[], byte[]> inputConsumer(String clientId);

    /** A reader of committed records outside any group, for the state topic. */
    Consumer<byte[], byte[]> stateConsumer();

    /** A producer whose transactions are not yet initialised. */
    Producer<byte[], byte[]> producer(String transactionalId);
}

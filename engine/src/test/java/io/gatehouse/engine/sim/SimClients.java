package io.gatehouse.engine.sim;

import io.gatehouse.engine.cluster.Clients;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Clients of the simulated cluster. */
record SimClients(SimKafka kafka) implements Clients {
    @Override
    public Consumer<byte[], byte[]> inputConsumer(String clientId) {
        return Stand.in(Consumer.class, new SimConsumer(kafka, false));
    }

    @Override
    public Consumer<byte[], byte[]> stateConsumer() {
        return Stand.in(Consumer.class, new SimConsumer(kafka, kafka.flaws.dirtyReads()));
    }

    @Override
    public Producer<byte[], byte[]> producer(String transactionalId) {
        return Stand.in(Producer.class, new SimProducer(kafka, transactionalId));
    }
}

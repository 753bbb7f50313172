package io.gatehouse.engine.sim;

import io.gatehouse.engine.cluster.Clients;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Clients of the simulated cluster. */
record SimClients(SimKafka kafka) implements Clients {
    private static final int OTHER_BYTES = 16;

    @Override
    public Consumer<byte[], ByteBuffer> inputConsumer(String clientId) {
        return Stand.in(Consumer.class, new SimConsumer<>(kafka, false, SimClients::amidOthers));
    }

    /** As the real one gives values: parts of arrays that hold other bytes, too. */
    private static ByteBuffer amidOthers(byte[] value) {
        if (value == null) {
            return null;
        }
        byte[] amid = new byte[value.length + 2 * OTHER_BYTES];
        Arrays.fill(amid, (byte) '"');
        System.arraycopy(value, 0, amid, OTHER_BYTES, value.length);
        return ByteBuffer.wrap(amid, OTHER_BYTES, value.length).slice();
    }

    @Override
    public Consumer<byte[], byte[]> stateConsumer() {
        return Stand.in(Consumer.class, new SimConsumer<>(kafka, kafka.flaws.dirtyReads(), Function.identity()));
    }

    @Override
    public Producer<byte[], byte[]> producer(String transactionalId) {
        return Stand.in(Producer.class, new SimProducer(kafka, transactionalId));
    }
}

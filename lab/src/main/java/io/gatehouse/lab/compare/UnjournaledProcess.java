package io.gatehouse.lab.compare;

import io.gatehouse.app.Pipeline;
import io.gatehouse.app.StopSignal;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Sources;
import io.gatehouse.engine.cluster.Clients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The process of a Gatehouse that makes its journal and soon does not send it any more: what the writing of the journal costs shows beside
 * one that does. It must not be stopped and started again, for it has nothing to remember by.
 */
public final class UnjournaledProcess {
    private static final String CHOICE = "-choice";
    /** By then the threads have shared the partitions out: who takes one over reads what the other one has journaled. */
    private static final Duration SETTLED = Duration.ofSeconds(8);

    private UnjournaledProcess() {}

    /** @param arguments Gatehouse's settings as {@code key=value} */
    public static void main(String[] arguments) throws InterruptedException {
        Configuration configuration =
                Configuration.load(new Sources(null, Map.of(), List.of(arguments)), Configuration.Broker.NEEDED);
        String state = configuration.engine().topics().state();
        StopSignal stop = StopSignal.listen();
        Pipeline running = Pipeline.start(configuration, clients -> new Unjournaled(clients, state));
        stop.await();
        running.close();
    }

    private record Unjournaled(Clients clients, String state) implements Clients {
        @Override
        public Consumer<byte[], ByteBuffer> inputConsumer(String clientId) {
            return clients.inputConsumer(clientId);
        }

        @Override
        public Consumer<byte[], byte[]> stateConsumer() {
            return clients.stateConsumer();
        }

        @Override
        public Producer<byte[], byte[]> producer(String transactionalId) {
            Producer<byte[], byte[]> producer = clients.producer(transactionalId);
            // How the input is partitioned is written down there, too, and waited for.
            return transactionalId.endsWith(CHOICE) ? producer : new SilentProducer(producer, state, SETTLED);
        }
    }
}

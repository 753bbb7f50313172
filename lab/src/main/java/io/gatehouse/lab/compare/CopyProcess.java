package io.gatehouse.lab.compare;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Sources;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.KafkaClients;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of a copy: as many threads as Gatehouse would have, and where Gatehouse has two stages, two copies. */
public final class CopyProcess {
    private static final Logger LOG = LoggerFactory.getLogger(CopyProcess.class);

    private static final int LINGER_MS = 20;

    private final EngineSettings settings;
    private final List<Copy> copies = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private CopyProcess(EngineSettings settings) {
        this.settings = settings;
    }

    /** @param arguments the file of {@link Outputs}, and Gatehouse's settings as {@code key=value} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Outputs outputs = Outputs.read(Path.of(arguments[0]));
        List<String> definitions = Arrays.asList(arguments).subList(1, arguments.length);
        CopyProcess process = new CopyProcess(
                Configuration.load(new Sources(null, Map.of(), definitions), Configuration.Broker.NEEDED)
                        .engine());
        process.prepare(outputs);
        process.run();
    }

    private void prepare(Outputs outputs) {
        String last = settings.topics().processed();
        if (settings.routing().partitioning() == Partitioning.REKEY) {
            add(
                    settings.routing().workers(),
                    settings.routingGroup(),
                    settings.topics().input(),
                    settings.routing().byUser(),
                    Utils::toNullableArray,
                    some -> List.of());
        }
        for (int i = 0; i < settings.workers(); i++) {
            Outputs own = outputs.another();
            add(
                    1,
                    settings.applicationId(),
                    settings.judgedTopic(),
                    last,
                    value -> own.next(),
                    some -> own.beside(some, settings.topics()));
        }
    }

    private void add(
            int many,
            String group,
            String from,
            String to,
            Function<ByteBuffer, byte[]> value,
            IntFunction<List<ProducerRecord<byte[], byte[]>>> beside) {
        KafkaClients clients = new KafkaClients(settings, group);
        for (int i = 0; i < many; i++) {
            String id = settings.applicationId() + "-copy-" + copies.size();
            copies.add(new Copy(
                    clients,
                    this::producer,
                    id,
                    from,
                    to,
                    value,
                    beside,
                    settings.commitInterval(),
                    settings.maxTransactionEvents()));
        }
    }

    /** Kafka's own, with the settings of ours, and time for batches to fill. It compresses the journal, too. */
    private Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> own = new HashMap<>(settings.producer());
        own.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void run() throws InterruptedException {
        for (Copy copy : copies) {
            Thread thread = new Thread(copy, "copy-" + threads.size());
            // A copy that fails makes its round fail: the process must not look as if it went on.
            thread.setUncaughtExceptionHandler((failed, cause) -> {
                LOG.error("{} cannot go on", failed.getName(), cause);
                Runtime.getRuntime().halt(1);
            });
            threads.add(thread);
            thread.start();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void stop() {
        copies.forEach(Copy::stop);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}

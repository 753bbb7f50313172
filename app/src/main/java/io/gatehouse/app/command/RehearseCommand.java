package io.gatehouse.app.command;

import io.gatehouse.app.Pipeline;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Sources;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.cluster.KafkaClients;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import picocli.CommandLine.Command;

/**
 * {@code gatehouse rehearse}: what the launcher runs after a build, so that Java sees which classes {@code run} needs and
 * keeps them parsed and checked (class data sharing).
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Starts what 'run' starts, without Kafka, and ends.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
    /** Nobody listens there. */
    private static final String NO_KAFKA = "127.0.0.1:1";

    private static final String CLIENT = "rehearsal";
    private static final Duration POLL = Duration.ofMillis(100);

    @Override
    public Integer call() throws IOException {
        Configuration configuration = Configuration.load(
                new Sources(null, Map.of(), List.of("kafka.bootstrap.servers=" + NO_KAFKA, "http.port=0")),
                Configuration.Broker.NEEDED);
        KafkaClients clients = new KafkaClients(configuration.engine(), CLIENT);
        try (Pipeline pipeline = Pipeline.start(configuration);
                Consumer<byte[], ByteBuffer> consumer = clients.inputConsumer(CLIENT)) {
            clients.producer(CLIENT).close();
            new PartitionJudge(configuration.engine().judge(), GeoTable.empty(), new UserBudget(1), CLIENT, 0).close();
            consumer.subscribe(List.of(configuration.engine().topics().input()));
            consumer.poll(POLL);
            read(pipeline, "/health/live");
            read(pipeline, "/metrics");
        }
        return 0;
    }

    private static void read(Pipeline pipeline, String path) throws IOException {
        try (InputStream page =
                pipeline.managementAddress().orElseThrow().resolve(path).toURL().openStream()) {
            page.readAllBytes();
        }
    }
}

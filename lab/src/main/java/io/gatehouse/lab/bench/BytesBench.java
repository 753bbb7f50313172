package io.gatehouse.lab.bench;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.broker.BrokerLogs;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.check.CheckImpossible;
import io.gatehouse.lab.check.Drain;
import io.gatehouse.lab.generate.GeneratedRecord;
import io.gatehouse.lab.generate.LoginStream;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench bytes}: what an event takes in each topic. */
@Command(
        name = "bytes",
        description = {
            "Measures how many bytes an event takes in each topic as Kafka keeps it, all but the state compressed (lz4), by"
                    + " the length of the topics' files after a worker has worked a backlog off. The stream is that of 'bench"
                    + " flow'; the producer sends no headers."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse lab bench bytes", "  gatehouse lab bench bytes --events 1000000 --users 500000"})
public final class BytesBench implements Callable<Integer> {
    private static final String NAME = "bytes";
    private static final long SEED = 1;
    private static final int PARTITIONS = 4;
    private static final int HEAP_MEGABYTES = 1024;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "400000",
            description = "Events in the input. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Users of the realistic profile. Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--logins-a-day",
            paramLabel = "N",
            defaultValue = "120",
            description = "Of a user, on average. Default: ${DEFAULT-VALUE}.")
    private int loginsADay;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        BrokerLogs.onlyErrors();
        Path log = Files.createTempFile("gatehouse-bytes", ".log");
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            Pipeline pipeline = new Pipeline(
                    broker.bootstrap(), NAME, PARTITIONS, HEAP_MEGABYTES, Map.of("input.partitioning", "keyed"));
            pipeline.createTopics();
            // The command that made the topics has set logging up anew.
            BrokerLogs.onlyErrors();
            double eventBytes = load(pipeline);
            work(pipeline, log);
            line(out, "%,d events of %,d users; bytes an event", events, users);
            line(out, "  %-12s %7.1f  the value alone, not compressed", "event", eventBytes);
            for (String topic :
                    List.of("user-login", "processed-user-login", "login-sessions", "login-stats", "state")) {
                line(out, "  %-12s %7.1f", topic, fileBytes(admin, NAME + "-" + topic) / (double) events);
            }
        } catch (ProcessException | CheckImpossible e) {
            throw new CommandFailure(e.getMessage() + "; see " + log, e);
        }
        Files.delete(log);
        return 0;
    }

    /** The mean length of the events' values. */
    private double load(Pipeline pipeline) {
        Duration step = Duration.ofDays(1).dividedBy((long) users * loginsADay);
        LoginStream stream = new LoginStream(
                StreamSettings.realistic(SEED, Instant.now().minus(step.multipliedBy(events)), step, users, 0));
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                pipeline.kafka().get("bootstrap.servers"),
                "compression.type",
                "lz4",
                "linger.ms",
                100,
                "batch.size",
                64 * 1024);
        long bytes = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < events; i++) {
                GeneratedRecord made = stream.next();
                bytes += made.value().length;
                producer.send(new ProducerRecord<>(pipeline.inputTopic(), made.key(), made.value()));
            }
        }
        return (double) bytes / events;
    }

    private static void work(Pipeline pipeline, Path log) throws InterruptedException {
        try (WorkerProcess worker = pipeline.worker(0, log)) {
            worker.start();
            new Drain(pipeline.check(WITHIN)).await(WITHIN);
            worker.stop(WITHIN);
        }
    }

    /** Of all the topic's partitions, without indexes. */
    private static long fileBytes(Admin admin, String topic) throws InterruptedException, ExecutionException {
        List<Integer> brokers =
                admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .map(Map.Entry::getValue)
                .mapToLong(ReplicaInfo::size)
                .sum();
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}

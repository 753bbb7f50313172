package io.gatehouse.lab.bench;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.crowd.SlowClients;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench flow}: how many events a second get from topic to topic, committed. */
@Command(
        name = "flow",
        description = {
            "Measures the whole way: a broker process, an input that is already there, and one worker process that works"
                    + " it off. Counts committed input offsets. Neither the first half of a round is counted nor one round"
                    + " of each kind before the first: a young process spends up to half of two cores on compiling itself.",
            "The input is a backlog: each user has logged in so many times a day, on average, until now. By default one of ten"
                    + " logins begins a session, as in what 'generate --profile realistic' makes of 20,000 users.",
            "Each round is run twice: over an input that is keyed by user, and over the same events with random keys, which"
                    + " are re-keyed first. There an event counts as half when it is routed and as half when it is judged.",
            "With --against the second is over the keyed input, too, with other settings; with --slow-clients, beside"
                    + " clients that crowd the worker's HTTP port."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab bench flow",
            "  gatehouse lab bench flow --events 5000000 --users 1000000 --threads 1 --rounds 5",
            "  gatehouse lab bench flow --rounds 5 --against sessions.enabled=false --against stats.enabled=false",
            "  gatehouse lab bench flow --slow-clients 1000"
        })
public final class FlowBench implements Callable<Integer> {
    private static final long LOOK_EVERY_NS = 50_000_000;
    private static final Duration LOAD_WITHIN = Duration.ofMinutes(10);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(40);
    private static final long SEED = 1;

    /** One of the two things compared. */
    private record Way(String label, KeyChoice key, Map<String, String> settings) {
        private static final Way KEYED = new Way("keyed", KeyChoice.USER, Map.of());
        private static final Way REKEYED = new Way("rekey", KeyChoice.RANDOM, Map.of());

        static Way against(Map<String, String> settings) {
            return new Way("other", KeyChoice.USER, settings);
        }

        String partitioning() {
            return key == KeyChoice.USER ? "keyed" : "rekey";
        }

        /** Only what is compared with the usual is. */
        boolean isCrowded() {
            return !equals(KEYED);
        }

        String input() {
            return "flow-" + partitioning() + "-user-login";
        }

        String group(int round) {
            return "flow-" + label() + "-" + round;
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "12000000",
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
            description =
                    "Of a user, on average. Decides how many of the logins begin a session, and how many fall into"
                            + " a window of statistics. Default: ${DEFAULT-VALUE}.")
    private int loginsADay;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "worker.threads of the worker process. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--heap",
            paramLabel = "MB",
            defaultValue = "2048",
            description = "Heap of the worker process. Default: ${DEFAULT-VALUE}.")
    private int heapMegabytes;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "Sets a key for all rounds. May be repeated.")
    private Map<String, String> settingsOfAll = Map.of();

    @Option(
            names = "--against",
            paramLabel = "KEY=VALUE",
            description = "A setting to compare with, instead of re-keying. May be repeated.")
    private Map<String, String> against = Map.of();

    @Option(
            names = "--slow-clients",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Clients that send requests byte by byte, or do not read the answers, during the second of each"
                            + " two. Default: ${DEFAULT-VALUE}.")
    private int slowClients;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the broker keeps its data; removed at the end. Default: a temporary directory.")
    private Path dataDir;

    private long slowClientsCut;

    /** Of the worker process. */
    private final URI http = URI.create("http://127.0.0.1:" + LoopbackPort.free());

    /** What a round has come to when it was looked at. */
    private record Look(long atNs, long committed, Duration workerCpu, Duration brokerCpu) {}

    /** @param sessions records of sessions for each event */
    private record Result(double eventsPerSecond, double workerMicros, double brokerMicros, double sessions) {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = Files.createTempDirectory(
                dataDir == null ? Path.of(System.getProperty("java.io.tmpdir")) : dataDir, "gatehouse-flow");
        int port = LoopbackPort.free();
        String bootstrap = "127.0.0.1:" + port;
        try (WorkerProcess broker = BrokerProcess.on(port, directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            broker.start();
            Way other = against.isEmpty() && slowClients == 0 ? Way.REKEYED : Way.against(against);
            load(bootstrap, Way.KEYED);
            if (!other.input().equals(Way.KEYED.input())) {
                load(bootstrap, other);
            }
            line(out, "%s, Java %s, broker beside it, data in %s", Machine.describe(), Runtime.version(), directory);
            line(out, "%,d events, %,d users, %d partitions, %d threads", events, users, partitions, threads);
            line(
                    out,
                    "%6s %6s %12s %22s %22s %18s",
                    "round",
                    "",
                    "events/s",
                    "worker CPU us/event",
                    "broker CPU us/event",
                    "sessions per event");
            List<Result> keyed = new ArrayList<>();
            List<Result> others = new ArrayList<>();
            for (Way way : List.of(Way.KEYED, other)) {
                print(out, "warm", way, round(bootstrap, way, 0, broker, admin, directory));
            }
            for (int round = 1; round <= rounds; round++) {
                // By turns first, so that neither always has the younger broker.
                for (Way way : round % 2 == 1 ? List.of(Way.KEYED, other) : List.of(other, Way.KEYED)) {
                    Result result = round(bootstrap, way, round, broker, admin, directory);
                    (way == other ? others : keyed).add(result);
                    print(out, Integer.toString(round), way, result);
                }
            }
            sumUp(out, keyed, other, others);
        } catch (ProcessException e) {
            throw new CommandFailure(e.getMessage(), e);
        } finally {
            remove(directory);
        }
        return 0;
    }

    private void sumUp(PrintWriter out, List<Result> keyed, Way other, List<Result> others) {
        print(out, "median", Way.KEYED, median(keyed));
        print(out, "median", other, median(others));
        double[] ratios = IntStream.range(0, keyed.size())
                .mapToDouble(i -> others.get(i).eventsPerSecond() / keyed.get(i).eventsPerSecond())
                .sorted()
                .toArray();
        line(
                out,
                "%s/keyed %.2f (medians), %.2f to %.2f within a round%s",
                other.label(),
                median(others).eventsPerSecond() / median(keyed).eventsPerSecond(),
                ratios[0],
                ratios[ratios.length - 1],
                other.settings().isEmpty() ? "" : "; other: " + other.settings());
        if (slowClients > 0) {
            line(out, "%s: beside %,d slow clients, cut %,d times", other.label(), slowClients, slowClientsCut);
        }
    }

    /** Each round is a group of its own over the same input. */
    private Pipeline pipeline(String bootstrap, Way way, int round) {
        Map<String, String> settings = new HashMap<>(settingsOfAll);
        settings.putAll(way.settings());
        settings.put("input.topic", way.input());
        settings.put("input.partitioning", way.partitioning());
        settings.put("worker.threads", Integer.toString(threads));
        settings.put("http.port", Integer.toString(http.getPort()));
        return new Pipeline(bootstrap, way.group(round), partitions, heapMegabytes, settings);
    }

    private void load(String bootstrap, Way way) throws InterruptedException {
        Pipeline pipeline = pipeline(bootstrap, way, 0);
        pipeline.createTopics();
        Duration step = Duration.ofDays(1).dividedBy((long) users * loginsADay);
        StreamSettings stream = StreamSettings.realistic(
                        SEED, Instant.now().minus(step.multipliedBy(events)), step, users, 0)
                .keyedBy(way.key());
        try (GeneratorRun run = GeneratorRun.start(stream, pipeline.kafka(), way.input(), "flow", 0, events)) {
            if (!run.await(LOAD_WITHIN)) {
                throw new ProcessException("the input could not be loaded: " + run.failure());
            }
        }
    }

    private Result round(String bootstrap, Way way, int round, WorkerProcess broker, Admin admin, Path directory)
            throws InterruptedException, ExecutionException {
        Pipeline pipeline = pipeline(bootstrap, way, round);
        pipeline.createTopics();
        Path log = directory.resolve("worker-" + way.label() + "-" + round + ".log");
        try (WorkerProcess worker = pipeline.worker(round, log);
                SlowClients crowd = SlowClients.start(http, way.isCrowded() ? slowClients : 0)) {
            worker.start();
            Look warm = await(events / 2, way, round, worker, broker, admin);
            Look end = await(events, way, round, worker, broker, admin);
            slowClientsCut += crowd.cut();
            worker.stop(STOP_WITHIN);
            double counted = end.committed() - warm.committed();
            return new Result(
                    counted * 1e9 / (end.atNs() - warm.atNs()),
                    micros(end.workerCpu().minus(warm.workerCpu())) / counted,
                    micros(end.brokerCpu().minus(warm.brokerCpu())) / counted,
                    (double) records(admin, way.group(round) + "-login-sessions") / events);
        } finally {
            removeTopics(admin, way.group(round) + "-");
        }
    }

    /** The marks of transactions' ends among them, some tens a second. */
    private long records(Admin admin, String topic) throws InterruptedException, ExecutionException {
        if (!admin.listTopics().names().get().contains(topic)) {
            return 0;
        }
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    /** So that the disk, or the memory in its place, holds one round at a time. */
    private static void removeTopics(Admin admin, String prefix) throws InterruptedException, ExecutionException {
        List<String> topics = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(prefix))
                .toList();
        admin.deleteTopics(topics).all().get();
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }

    private Look await(long committed, Way way, int round, WorkerProcess worker, WorkerProcess broker, Admin admin)
            throws InterruptedException, ExecutionException {
        long endNs = System.nanoTime() + ROUND_WITHIN.toNanos();
        while (true) {
            Look look = new Look(
                    System.nanoTime(), committed(admin, way, way.group(round)), worker.cpuTime(), broker.cpuTime());
            if (look.committed() >= committed) {
                return look;
            }
            if (!worker.isAlive() || System.nanoTime() - endNs > 0) {
                throw new ProcessException("the worker did not work the input off; see " + worker.log());
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    private long committed(Admin admin, Way way, String group) throws InterruptedException, ExecutionException {
        long judged = committed(admin, group);
        if (way.key() == KeyChoice.USER) {
            return judged;
        }
        // The marks of transactions' ends are offsets, too, in the topic between the stages: some tens a second.
        return (committed(admin, group + "-route") + Math.min(events, judged)) / 2;
    }

    private static long committed(Admin admin, String group) throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private static Result median(List<Result> results) {
        List<Result> sorted = new ArrayList<>(results);
        sorted.sort(Collections.reverseOrder((a, b) -> Double.compare(a.eventsPerSecond(), b.eventsPerSecond())));
        return sorted.get(sorted.size() / 2);
    }

    private static void print(PrintWriter out, String round, Way way, Result result) {
        line(
                out,
                "%6s %6s %,12.0f %22.2f %22.2f %18.2f",
                round,
                way.label(),
                result.eventsPerSecond(),
                result.workerMicros(),
                result.brokerMicros(),
                result.sessions());
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    private static void remove(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

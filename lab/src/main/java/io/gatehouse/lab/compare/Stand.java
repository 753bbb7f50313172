package io.gatehouse.lab.compare;

import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.lab.bench.BrokerProcess;
import io.gatehouse.lab.bench.PlacesAsMmdb;
import io.gatehouse.lab.bench.UniformLogins;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.WorkerProcess;
import io.gatehouse.reference.TablePlaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** The broker with the inputs, and all else that rounds have in common. */
final class Stand implements AutoCloseable {
    private static final Duration LOADED_WITHIN = Duration.ofMinutes(10);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
    private static final long SEED = 1;

    private final CompareSettings settings;
    private final Path directory;
    private final String bootstrap;
    private final WorkerProcess broker;
    private final Admin admin;
    private final TablePlaces places = ExpectedPlaces.of(null);
    private int rounds;

    private Stand(CompareSettings settings, Path directory, int port) {
        this.settings = settings;
        this.directory = directory;
        this.bootstrap = "127.0.0.1:" + port;
        this.broker = BrokerProcess.on(port, directory);
        broker.start();
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /** Starts the broker, and writes the files that contestants need. */
    static Stand open(CompareSettings settings) throws IOException {
        Path directory = Files.createTempDirectory(settings.dataDirectory(), "gatehouse-compare");
        Stand stand = new Stand(settings, directory, LoopbackPort.free());
        try {
            PlacesAsMmdb.write(stand.places, stand.mmdb());
            stand.writeTable();
            return stand;
        } catch (IOException | RuntimeException e) {
            stand.close();
            throw e;
        }
    }

    private Path mmdb() {
        return directory.resolve("places.mmdb");
    }

    private Path table() {
        return directory.resolve("places.geo");
    }

    private void writeTable() throws IOException {
        try (SeekableByteChannel file =
                Files.newByteChannel(table(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(GeoDatabase.builtInFile());
        }
    }

    private Path outputs() {
        return directory.resolve("outputs");
    }

    private StreamSettings stream(KeyChoice key) {
        Duration step = Duration.ofDays(1).dividedBy((long) settings.users() * settings.loginsADay());
        Instant start = Instant.now().minus(step.multipliedBy(settings.events()));
        return StreamSettings.realistic(SEED, start, step, settings.users(), 0).keyedBy(key);
    }

    private static String input(KeyChoice key) {
        return "compare-" + key.name().toLowerCase(Locale.ROOT) + "-user-login";
    }

    /** Loads the inputs that the contestants are to work off. */
    void load(PrintWriter out) throws InterruptedException {
        for (KeyChoice key :
                settings.contestants().stream().map(Contestant::key).distinct().toList()) {
            load(key, out);
        }
    }

    private void load(KeyChoice key, PrintWriter out) throws InterruptedException {
        String topic = input(key);
        makeInput(topic);
        try (GeneratorRun run = GeneratorRun.start(
                stream(key), Map.of("bootstrap.servers", bootstrap), topic, "compare", 0, settings.events())) {
            long deadlineNs = System.nanoTime() + LOADED_WITHIN.toNanos();
            while (!run.await(PROGRESS_EVERY)) {
                if (System.nanoTime() > deadlineNs || run.failure() != null) {
                    throw new ProcessException("the input could not be loaded: " + run.failure());
                }
                out.printf(Locale.ROOT, "Loading %s: %,d of %,d%n", topic, run.sent(), settings.events());
                out.flush();
            }
        }
    }

    /**
     * Loads an input of which nothing is in a cache by chance.
     *
     * @param more logins after those of each user in turn
     * @return its topic
     */
    String loadUniform(int users, long more) {
        return loadUniform(users, more, UniformLogins.ALL_ADDRESSES);
    }

    /** The same from so many addresses. */
    String loadUniform(int users, long more, long addresses) {
        String topic = "compare-uniform-" + users + "-" + addresses + "-user-login";
        makeInput(topic);
        UniformInput.load(bootstrap, topic, users, more, addresses);
        return topic;
    }

    private void makeInput(String topic) {
        new Pipeline(bootstrap, "compare-inputs", settings.partitions(), 0, Map.of("input.topic", topic))
                .createTopics();
    }

    /** One round of a contestant, its results checked; nothing is left of it. */
    Result run(Contestant contestant, Timing timing) throws InterruptedException, ExecutionException, IOException {
        String input = input(contestant.key());
        provideOutputs(contestant, input, ground -> race(contestant.model(), ground, timing));
        return on(contestant, input, ground -> {
            Result result = race(contestant, ground, timing);
            return contestant.isCopy() ? result : result.with(new Sample(ground, places).difference(contestant));
        });
    }

    private Result race(Contestant contestant, Ground ground, Timing timing)
            throws InterruptedException, ExecutionException, IOException {
        return new Race(contestant, ground, settings.events(), broker, admin)
                .run(timing.within(contestant.longestWarmUp()));
    }

    /** One run of a contestant at a rate; nothing is left of it. */
    Latencies run(Contestant contestant, double rate, Timing timing)
            throws InterruptedException, ExecutionException, IOException {
        provideOutputs(contestant, null, ground -> latencies(contestant.model(), ground, rate, timing));
        return on(contestant, null, ground -> latencies(contestant, ground, rate, timing));
    }

    private Latencies latencies(Contestant contestant, Ground ground, double rate, Timing timing)
            throws InterruptedException, IOException {
        return new LatencyRun(contestant, ground, settings.users(), rate).run(timing);
    }

    /** Before the first copy runs, Gatehouse does once: a copy sends what Gatehouse has written. */
    private void provideOutputs(Contestant contestant, String input, Deed<?> round)
            throws InterruptedException, ExecutionException, IOException {
        if (contestant.isCopy() && Files.notExists(outputs())) {
            on(contestant.model(), input, ground -> {
                round.on(ground);
                Outputs.capture(ground, outputs());
                return null;
            });
        }
    }

    /** Something that is done on a ground. */
    @FunctionalInterface
    interface Deed<T> {
        T on(Ground ground) throws InterruptedException, ExecutionException, IOException;
    }

    /**
     * Does something on a contestant's ground, of which nothing is left.
     *
     * @param sharedInput null for one of its own, which is empty
     */
    <T> T on(Contestant contestant, String sharedInput, Deed<T> deed)
            throws InterruptedException, ExecutionException, IOException {
        Ground ground = ground(contestant, sharedInput);
        try {
            return deed.on(ground);
        } finally {
            removeTopics(ground.application());
        }
    }

    WorkerProcess broker() {
        return broker;
    }

    Admin admin() {
        return admin;
    }

    private Ground ground(Contestant contestant, String sharedInput) throws IOException {
        String application = "compare-" + contestant.name() + "-" + rounds++;
        Ground ground = new Ground(
                bootstrap,
                application,
                sharedInput == null ? application + "-user-login" : sharedInput,
                contestant.hasTwoStages(),
                settings.partitions(),
                settings.heapMegabytes() / contestant.processes(),
                settings.commitInterval(),
                mmdb(),
                table(),
                outputs(),
                Files.createDirectories(directory.resolve(application)));
        ground.pipeline(Map.of()).createTopics();
        return ground;
    }

    /** So that the disk, or the memory in its place, holds one round at a time. */
    private void removeTopics(String application) throws InterruptedException, ExecutionException {
        List<String> topics = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(application + "-"))
                .toList();
        admin.deleteTopics(topics).all().get();
    }

    /** Ends the broker, and removes all that there was. */
    @Override
    public void close() throws IOException {
        admin.close(Duration.ZERO);
        broker.close();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.app.Pipeline;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Sources;
import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.engine.Engine;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.lab.generate.Profile;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.reference.Checker;
import io.gatehouse.reference.Places;
import io.gatehouse.reference.Settings;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A pipeline of its own for one test: topics, engines in this process, traffic, and the checker. */
final class LivePipeline implements AutoCloseable {
    static final Duration WAIT = Duration.ofSeconds(60);
    static final long EVENTS = 6_000;

    static final GeoTable PLACES = GeoDatabase.builtIn();
    static final Places EXPECTED_PLACES = ExpectedPlaces.of(null);
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    private final String bootstrap;
    private final String name;
    private final List<String> definitions;
    private final List<Engine> engines = new ArrayList<>();
    private final List<Pipeline> pipelines = new ArrayList<>();

    /**
     * @param name of the application, and before the name of each of its topics
     * @param more settings as {@code -D} takes them
     */
    LivePipeline(String bootstrap, String name, String... more) {
        this.bootstrap = bootstrap;
        this.name = name;
        this.definitions = new ArrayList<>(List.of(
                "kafka.bootstrap.servers=" + bootstrap,
                "application.id=" + name,
                "input.topic=" + input(),
                "output.topic=" + processed(),
                "dead-letter.topic=" + deadLetters(),
                "topics.sessions=" + sessions(),
                "topics.stats=" + statistics(),
                "topics.partitions=4",
                "http.port=off",
                "stats.publish-interval=1s",
                "log.level=error"));
        definitions.addAll(List.of(more));
    }

    String input() {
        return name + "-user-login";
    }

    String processed() {
        return name + "-processed-user-login";
    }

    String deadLetters() {
        return name + "-user-login-dlq";
    }

    String sessions() {
        return name + "-login-sessions";
    }

    String statistics() {
        return name + "-login-stats";
    }

    String byUser() {
        return name + "-by-user";
    }

    String state() {
        return name + "-state";
    }

    boolean isRekeyed(String... more) {
        return configuration(more).engine().routing().partitioning() == EngineSettings.Partitioning.REKEY;
    }

    /**
     * Runs a command with the settings.
     *
     * @param command its words
     * @param more options and what else it takes
     */
    CommandRun command(String command, String... more) {
        return CommandRun.of(arguments(command, more));
    }

    /** The arguments of a command with the settings. */
    List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        definitions.forEach(definition -> arguments.addAll(List.of("-D", definition)));
        arguments.addAll(List.of(more));
        return arguments;
    }

    Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", bootstrap);
    }

    /** @param more settings for this alone, as {@code -D} takes them */
    LivePipeline createTopics(String... more) {
        List<String> arguments = new ArrayList<>(List.of("topics", "create", "--replication", "1"));
        with(more).forEach(definition -> arguments.addAll(List.of("-D", definition)));
        int exitCode = Gatehouse.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute(arguments.toArray(String[]::new));
        assertThat(exitCode).isZero();
        return this;
    }

    private List<String> with(String... more) {
        List<String> all = new ArrayList<>(definitions);
        for (String definition : more) {
            String key = definition.substring(0, definition.indexOf('=') + 1);
            all.removeIf(earlier -> earlier.startsWith(key));
            all.add(definition);
        }
        return all;
    }

    Configuration configuration(String... more) {
        return Configuration.load(new Sources(null, Map.of(), with(more)), Configuration.Broker.NEEDED);
    }

    /** @param more settings of this engine alone, as {@code -D} takes them */
    Engine startEngine(String... more) {
        return started(new Engine(configuration(more).engine(), PLACES));
    }

    /** An engine with places of its own, which sees Kafka through what is put before its clients. */
    Engine startEngine(GeoTable places, UnaryOperator<Clients> before) {
        return started(new Engine(configuration().engine(), new GeoTables(places), before));
    }

    private Engine started(Engine engine) {
        engines.add(engine);
        engine.start();
        return engine;
    }

    /** All of a process, with HTTP if the settings say so. */
    Pipeline startPipeline() {
        Pipeline started = Pipeline.start(configuration());
        pipelines.add(started);
        return started;
    }

    /** @param rate events a second; 0 for as many as possible */
    GeneratorRun generate(long seed, double faults, double rate) {
        return generate(seed, KeyChoice.USER, faults, rate);
    }

    GeneratorRun generate(long seed, KeyChoice key, double faults, double rate) {
        return generate(seed, key, faults, rate, EVENTS);
    }

    /** @param events 0 for no end */
    GeneratorRun generate(long seed, KeyChoice key, double faults, double rate, long events) {
        return GeneratorRun.start(stream(seed, key, faults), kafka(), input(), name, rate, events);
    }

    /** @param kept is told what becomes of each send; none ends the run */
    GeneratorRun generate(long seed, KeyChoice key, double faults, double rate, String run, Acknowledgements kept) {
        return GeneratorRun.start(stream(seed, key, faults), kafka(), input(), run, rate, EVENTS, kept);
    }

    private static StreamSettings stream(long seed, KeyChoice key, double faults) {
        return new StreamSettings(seed, START, Duration.ofSeconds(30), Profile.REALISTIC, key, 300, faults, false);
    }

    CheckSettings settings(Duration longestWait) {
        return new CheckSettings(kafka(), name, input(), processed(), deadLetters(), longestWait)
                .with(published(Checker.Closed.BY_LOGINS), Settings.DEFAULTS);
    }

    /** Where sessions may be silent for no longer than this, which the engines' settings say too. */
    CheckSettings settings(Duration sessionGap, Duration sessionsLateness) {
        return settings(WAIT)
                .with(
                        published(Checker.Closed.ALL),
                        new Settings(
                                Settings.DEFAULTS.maxEventBytes(),
                                sessionGap.toMillis(),
                                Settings.DEFAULTS.retentionMs(),
                                sessionsLateness.toMillis(),
                                Settings.DEFAULTS.statsWindowMs(),
                                true));
    }

    private CheckSettings.Published published(Checker.Closed sessions) {
        return new CheckSettings.Published(sessions(), sessions, statistics());
    }

    PipelineCheck.Report check() {
        return check(settings(WAIT));
    }

    static PipelineCheck.Report check(CheckSettings settings) {
        return PipelineCheck.run(settings, EXPECTED_PLACES);
    }

    /** The check of a pipeline with {@code profile.enabled=false}. */
    PipelineCheck.Report checkWithoutMemory() {
        Settings usual = Settings.DEFAULTS;
        Settings forgetful = new Settings(
                usual.maxEventBytes(),
                usual.sessionGapMs(),
                usual.retentionMs(),
                usual.sessionsLatenessMs(),
                usual.statsWindowMs(),
                false);
        return PipelineCheck.run(settings(WAIT).with(CheckSettings.Published.NOTHING, forgetful), EXPECTED_PLACES);
    }

    void assertContent() {
        assertThat(check().differences()).isEmpty();
    }

    static void awaitJudged(Engine engine, long events) {
        await(() -> engine.status().tally().accepted() >= events);
    }

    static void awaitPartitions(Engine engine) {
        await(() -> !engine.status().partitions().isEmpty());
    }

    static void awaitSent(GeneratorRun run, long events) {
        await(() -> run.sent() >= events);
    }

    /** Waits until a worker says that it is held up by this. */
    static void awaitTrouble(Engine engine, String words) {
        await(() -> engine.status().workers().stream()
                .map(EngineStatus.WorkerStatus::trouble)
                .anyMatch(trouble -> trouble != null && trouble.contains(words)));
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(WAIT).until(condition);
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
        pipelines.forEach(Pipeline::close);
    }
}

package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.app.Places;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Sources;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.engine.Engine;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Engines in this process, a real broker, generated traffic, and the checker. */
@Timeout(120)
class EndToEndTest {
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final long EVENTS = 6_000;

    private static EmbeddedBroker broker;
    private static GeoTable geo;

    private final List<Engine> engines = new ArrayList<>();
    private String name;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.temporary()
                .with("group.consumer.session.timeout.ms", "6000")
                .start();
        geo = Places.open(configuration("any").geo()).table();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        List<String> arguments = new ArrayList<>(List.of("topics", "create", "--replication", "1"));
        definitions(name).forEach(definition -> arguments.addAll(List.of("-D", definition)));
        int exitCode = Gatehouse.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute(arguments.toArray(String[]::new));
        assertThat(exitCode).isZero();
    }

    @AfterEach
    void closeEngines() {
        engines.forEach(Engine::close);
    }

    @Test
    void everythingThatGoesInComesOutAsTheContractSays() throws Exception {
        startEngine();
        try (GeneratorRun run = generate(1, 0.1, 0)) {
            assertThat(run.await(WAIT)).isTrue();
        }
        PipelineCheck.Report report = check();
        assertThat(report.differences()).isEmpty();
        assertThat(report.against().agreed()).isEqualTo(EVENTS);
        assertThat(report.against().deadLetters()).isBetween(400L, 800L);
    }

    @Test
    void aRestartInTheMiddleLosesAndRepeatsNothing() throws Exception {
        Engine first = startEngine();
        try (GeneratorRun run = generate(2, 0.05, 2_000)) {
            awaitJudged(first, EVENTS / 3);
            first.close();
            startEngine();
            assertThat(run.await(WAIT)).isTrue();
        }
        assertContent();
    }

    @Test
    void enginesThatJoinAndLeaveUnderLoadHandTheirUsersOver() throws Exception {
        Engine first = startEngine();
        try (GeneratorRun run = generate(3, 0.05, 800)) {
            awaitJudged(first, EVENTS / 10);
            Engine second = startEngine();
            awaitPartitions(second);
            Engine third = startEngine();
            awaitPartitions(third);
            first.close();
            awaitSent(run, EVENTS * 3 / 4);
            second.close();
            assertThat(run.await(WAIT)).isTrue();
        }
        assertContent();
    }

    @Test
    void aRecordThatCameOutTwiceIsFound() throws Exception {
        startEngine();
        try (GeneratorRun run = generate(4, 0, 0)) {
            assertThat(run.await(WAIT)).isTrue();
        }
        PipelineCheck.awaitDrained(settings(WAIT));
        List<ProducerRecord<byte[], byte[]>> repeated = new ArrayList<>();
        TopicReader.read(kafka(), List.of(settings(WAIT).processed()), record -> {
            if (repeated.isEmpty()) {
                repeated.add(new ProducerRecord<>(
                        record.topic(), record.partition(), null, record.key(), record.value(), record.headers()));
            }
        });
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(repeated.get(0)).get();
        }
        PipelineCheck.Report report = check();
        assertThat(report.isContent()).isFalse();
        assertThat(report.differences()).anyMatch(difference -> difference.contains("once more at"));
    }

    @Test
    void anInputThatNobodyWorksOffIsTold() throws Exception {
        try (GeneratorRun run = generate(5, 0, 0)) {
            assertThat(run.await(WAIT)).isTrue();
        }
        assertThatThrownBy(() -> PipelineCheck.run(settings(Duration.ofMillis(100)), address -> null))
                .isInstanceOf(CheckImpossible.class)
                .hasMessageContaining("has committed 0 of");
    }

    private Engine startEngine() {
        Engine engine = new Engine(configuration(name).engine(), geo);
        engines.add(engine);
        engine.start();
        return engine;
    }

    private GeneratorRun generate(long seed, double faults, double rate) {
        StreamSettings stream = StreamSettings.realistic(seed, START, Duration.ofSeconds(30), 300, faults);
        return GeneratorRun.start(stream, kafka(), settings(WAIT).input(), name, rate, EVENTS);
    }

    private void assertContent() {
        assertThat(check().differences()).isEmpty();
    }

    private PipelineCheck.Report check() {
        return PipelineCheck.run(settings(WAIT), new TablePlaces(geo));
    }

    private static void awaitJudged(Engine engine, long events) {
        await(() -> engine.status().tally().accepted() >= events);
    }

    private static void awaitPartitions(Engine engine) {
        await(() -> !engine.status().partitions().isEmpty());
    }

    private static void awaitSent(GeneratorRun run, long events) {
        await(() -> run.sent() >= events);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(WAIT).until(condition);
    }

    private CheckSettings settings(Duration longestWait) {
        return new CheckSettings(
                kafka(),
                name,
                name + "-user-login",
                name + "-processed-user-login",
                name + "-user-login-dlq",
                longestWait);
    }

    private static Configuration configuration(String name) {
        return Configuration.load(new Sources(null, Map.of(), definitions(name)), Configuration.Broker.NEEDED);
    }

    private static List<String> definitions(String name) {
        return List.of(
                "kafka.bootstrap.servers=" + broker.bootstrap(),
                "application.id=" + name,
                "input.topic=" + name + "-user-login",
                "output.topic=" + name + "-processed-user-login",
                "dead-letter.topic=" + name + "-user-login-dlq",
                "topics.partitions=4",
                "http.port=off",
                "geo.required=false",
                "log.level=error");
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrap());
    }
}

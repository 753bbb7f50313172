package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.Place;
import io.gatehouse.engine.Engine;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.lab.fault.Tampering;
import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.lab.generate.GeneratorHeaders;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.lab.generate.Profile;
import io.gatehouse.lab.generate.StreamSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where a defect is played: a small pipeline, its traffic, and the check in the end. */
final class DefectStage implements AutoCloseable {
    static final int PARTITIONS = 2;
    /** Of one traffic. */
    static final int EVENTS = 400;

    /** What is found when the pipeline says by itself that it cannot go on. */
    static final String REFUSED = "REFUSED";

    private static final Tampering NONE = new Tampering() {};
    private static final Duration WAIT = LivePipeline.WAIT;
    /** Ten times the interval at which it is. */
    private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(1);

    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(30);
    /** Of all traffic, so that the users are the same. */
    private static final long SEED = 1;

    private static final int USERS = 40;
    private static final double FAULTS = 0.1;

    private final KeyChoice key;
    private final LivePipeline pipeline;
    private final Map<String, Acknowledgements> sends = new LinkedHashMap<>();
    private Engine engine;

    DefectStage(String bootstrap, String name, KeyChoice key) {
        this.key = key;
        pipeline = new LivePipeline(
                        bootstrap,
                        name,
                        "input.partitioning=" + (key == KeyChoice.USER ? "keyed" : "rekey"),
                        "topics.partitions=" + PARTITIONS,
                        "worker.threads=1",
                        "rekey.threads=1",
                        "stats.publish-interval=100ms",
                        "kafka.consumer.fetch.max.wait.ms=50")
                .createTopics();
    }

    LivePipeline pipeline() {
        return pipeline;
    }

    /** What is known of the last traffic's sends. */
    Acknowledgements lastSends() {
        return sends.get(lastRun());
    }

    private String lastRun() {
        return "run-" + sends.size();
    }

    /** Sends some hours' logins, all at once. */
    void traffic() throws InterruptedException {
        StreamSettings stream = new StreamSettings(
                SEED,
                START.plus(STEP.multipliedBy((long) EVENTS * sends.size())),
                STEP,
                Profile.REALISTIC,
                key,
                USERS,
                FAULTS,
                false);
        Acknowledgements kept = new Acknowledgements();
        sends.put("run-" + (sends.size() + 1), kept);
        try (GeneratorRun run =
                GeneratorRun.start(stream, pipeline.kafka(), pipeline.input(), lastRun(), 0, EVENTS, kept)) {
            run.await(WAIT);
        }
    }

    /** Writes an event to the input as if the last traffic had sent it under this number. */
    void send(long seq) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                pipeline.input(),
                "somebody".getBytes(UTF_8),
                "{\"user_id\":\"somebody\",\"timestamp\":1709294590}".getBytes(UTF_8));
        record.headers().add(GeneratorHeaders.RUN, lastRun().getBytes(UTF_8));
        record.headers().add(GeneratorHeaders.SEQ, Long.toString(seq).getBytes(UTF_8));
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(pipeline.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record);
        }
    }

    void work() {
        work(NONE);
    }

    void work(Tampering tampering) {
        engine = pipeline.startEngine(LivePipeline.PLACES, tampering::before);
    }

    /** The engine knows nothing but that 8.0.0.0/8 lies in Finland. */
    void workWithOtherPlaces() {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.COUNTRY, new GeoSource("test", START, "", ""));
        writer.addIpv4(8L << 24, 9L << 24, writer.record(new Place("EU", "FI", null, null, null, null, null)));
        engine = pipeline.startEngine(GeoTable.read(ByteBuffer.wrap(writer.toBytes())), UnaryOperator.identity());
    }

    /** Stops the engine when it has worked off its input, in order. */
    void stop() {
        drain();
        engine.close();
    }

    private void drain() {
        new Drain(pipeline.settings(WAIT)).await(WAIT);
    }

    /** The kinds of differences that the check finds, once the input is worked off. */
    Set<String> found() {
        return found(PUBLISHED_WITHIN);
    }

    /** The same where there are none: then it ends when all is there, however long that takes on a busy machine. */
    Set<String> nothingFound() {
        return found(WAIT);
    }

    private Set<String> found(Duration longest) {
        drain();
        PipelineCheck.Report report = PipelineCheck.run(
                pipeline.settings(longest), LivePipeline.EXPECTED_PLACES, sends, key == KeyChoice.RANDOM);
        Set<String> kinds = new TreeSet<>();
        report.against().counts().keySet().forEach(kind -> kinds.add(kind.name()));
        return kinds;
    }

    /** Waits until the engine says why a partition is held back; the check must then find the pipeline not done. */
    Set<String> refusal(String words) {
        LivePipeline.await(() -> engine.status().partitions().stream()
                .map(EngineStatus.PartitionStatus::trouble)
                .anyMatch(trouble -> trouble != null && trouble.contains(words)));
        assertThatThrownBy(() -> PipelineCheck.run(pipeline.settings(Duration.ZERO), LivePipeline.EXPECTED_PLACES))
                .isInstanceOf(CheckImpossible.class)
                .hasMessageContaining("the pipeline is not done");
        return Set.of(REFUSED);
    }

    @Override
    public void close() {
        pipeline.close();
    }
}

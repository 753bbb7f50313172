package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.patch.Patch;
import io.gatehouse.engine.Engine;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.deadletter.DeadLetters;
import io.gatehouse.engine.replay.LetterFilter;
import io.gatehouse.engine.replay.Replay;
import io.gatehouse.engine.replay.ReplayOrder;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.lab.worker.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gatehouse dlq} against a real broker. */
@Timeout(180)
class ReplayTest {
    private static final LetterFilter ALL = new LetterFilter(
            Set.of(), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), List.of(), List.of());
    private static final int LETTERS = 900;
    private static final int KILLS = 4;
    /** So many letters go out in a transaction, and about one transaction a second. */
    private static final int RATE = 50;
    /** With so many more records in the input, marks included, a second transaction has begun. */
    private static final int MORE_THAN_ONE_TRANSACTION = 70;

    private static final int KILLED_WITHIN = 80;

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"keyed", "rekey"})
    void aFaultyProducersEventsAreMendedAndComeOutOnce(String partitioning) throws Exception {
        try (LivePipeline pipeline = new LivePipeline(
                                BROKER.bootstrap(), "mended-" + partitioning, "input.partitioning=" + partitioning)
                        .createTopics();
                FaultyProducer producer = new FaultyProducer(pipeline.kafka(), pipeline.input())) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitPartitions(engine);
            producer.logins(100);
            producer.faulty(60);
            producer.send("x", "{\"user_id\":\"\u001b[31m");
            awaitOutcome(engine, 100, 61);

            awaitLetters(pipeline, 61);
            assertThat(said(pipeline, "dlq list", "--json", "--limit", "61").lines())
                    .hasSize(61);
            assertThat(said(pipeline, "dlq list", "--limit", "5")).contains("The newest 5 of 61");
            assertThat(said(pipeline, "dlq list", "--reason", "malformed_json"))
                    .contains("malformed_json", "from " + pipeline.input() + "/")
                    .doesNotContain("\u001b");
            assertThat(said(pipeline, "dlq stats"))
                    .contains("ios 4.2.1 began to omit user_id at", "% of its logins (60 letters, the last at")
                    .contains("61 letters");
            assertThat(said(pipeline, "dlq replay", "--rename", "uid=user_id"))
                    .contains("61 dead letters match", "60 would be sent to", "60   pass", "1 left: the patch does not")
                    .contains("  - {\"uid", "  + {\"user_id", "Nothing was sent.");
            assertThat(engine.status().tally().accepted()).isEqualTo(100);

            assertThat(said(pipeline, "dlq replay", "--rename", "uid=user_id", "--execute"))
                    .contains("60 sent to", "Done, and recorded");
            awaitOutcome(engine, 160, 61);
            assertThat(said(pipeline, "dlq replay", "--rename", "uid=user_id", "--execute"))
                    .contains("60 left: replayed before", "There is nothing to do.");
            assertThat(said(pipeline, "dlq list", "--field", "user_id", "--limit", "60"))
                    .satisfies(list -> assertThat(list.lines()).allMatch(line -> line.endsWith("replayed")));
            assertThat(said(pipeline, "dlq replay", "--log")).contains("60 letters of", "--rename uid=user_id");
            assertThat(inputs(pipeline)).hasSize(221);
            pipeline.assertContent();
        }
    }

    @Test
    void aLetterThatIsRefusedAgainAndAgainIsLeftAtLast() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "refused-again").createTopics();
                FaultyProducer producer = new FaultyProducer(pipeline.kafka(), pipeline.input())) {
            pipeline.startEngine();
            producer.faulty(1);
            awaitLetters(pipeline, 1);
            for (int refusals = 2; refusals <= 3; refusals++) {
                assertThat(said(pipeline, "dlq replay", "--max-attempts", "3", "--execute"))
                        .contains("1 sent to", "1   are refused again: missing_field user_id");
                awaitLetters(pipeline, refusals);
            }
            assertThat(said(pipeline, "dlq replay", "--max-attempts", "3", "--execute"))
                    .contains("1 left: refused too often (--max-attempts)", "2 left: replayed before");
            assertThat(said(pipeline, "dlq list")).contains("attempt 2", "attempt 3");
            pipeline.assertContent();
        }
    }

    @Test
    void killedReplaysAreRepeatedAndEachOriginalComesBackOnce() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "killed-replays", "input.partitioning=keyed")
                        .createTopics();
                FaultyProducer producer = new FaultyProducer(pipeline.kafka(), pipeline.input());
                KafkaCluster cluster =
                        new KafkaCluster(pipeline.configuration().engine().admin(), "killed-replays");
                WorkerProcess process =
                        new WorkerProcess(1, (instanceId, life) -> replaying(pipeline), directory.resolve("log"))) {
            Engine engine = pipeline.startEngine();
            producer.faulty(LETTERS);
            awaitLetters(pipeline, LETTERS);
            long written = appended(pipeline, cluster);
            for (int kill = 0; kill < KILLS; kill++) {
                long until = written + MORE_THAN_ONE_TRANSACTION + random.nextInt(KILLED_WITHIN);
                process.start();
                LivePipeline.await(() -> appended(pipeline, cluster) >= until);
                process.kill();
                written = appended(pipeline, cluster);
            }
            assertThat(said(pipeline, "dlq replay", "--rename", "uid=user_id", "--execute"))
                    .contains("900 dead letters match");
            awaitOutcome(engine, LETTERS, LETTERS);
            assertThat(inputs(pipeline)).as("seed " + seed).hasSize(2 * LETTERS).doesNotHaveDuplicates();
            assertThat(said(pipeline, "dlq replay", "--rename", "uid=user_id", "--execute"))
                    .contains("There is nothing to do.");
            assertThat(said(pipeline, "dlq replay", "--log").lines()).hasSize(KILLS + 1);
            pipeline.assertContent();
        }
    }

    @Test
    void aSecondReplayTakesOverAndTheFirstSaysSo() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "two-replays").createTopics();
                KafkaCluster cluster =
                        new KafkaCluster(pipeline.configuration().engine().admin(), "two-replays")) {
            bury(pipeline, 50);
            EngineSettings settings = pipeline.configuration().engine();
            Patch nothing = Patch.of(List.of(), List.of(), List.of(), List.of());
            try (Replay first = new Replay(
                    settings,
                    new ReplayOrder(ALL, nothing, 5, 10, "somebody@somewhere", true),
                    new KafkaClients(settings, settings.applicationId()),
                    cluster,
                    Ticker.system(),
                    (topic, done, total) -> {})) {
                while (first.counts().sent() == 0) {
                    first.turn();
                }
                assertThat(said(pipeline, "dlq replay", "--execute"))
                        .contains("40 sent to", "10 left: replayed before");
                assertThatThrownBy(() -> {
                            while (!first.turn()) {
                                assertThat(first.counts().sent()).isEqualTo(10);
                            }
                        })
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("another replay of the application two-replays has begun");
            }
            assertThat(inputs(pipeline)).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void oneLetterIsShownWithItsBytesAndWhatWouldBeSaidOfItToday() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "shown").createTopics()) {
            bury(pipeline, 40);
            String place = pipeline.deadLetters() + "/0/0";
            assertThat(said(pipeline, "dlq show", place))
                    .contains(
                            "cause                          missing_field user_id",
                            "app                            ios 4.2.1")
                    .contains("today                          refused: missing_field user_id")
                    .contains("gatehouse.reason", "00000000  7b 22 75 69 64 22")
                    .contains("kcat -b " + BROKER.bootstrap() + " -C -t " + pipeline.deadLetters() + " -p 0 -o 0 -c 1");
            assertThat(said(pipeline, "dlq show", place, "--json"))
                    .contains("\"today\":{\"accepted\":false,\"reason\":\"missing_field\",\"field\":\"user_id\"}");
            assertThat(pipeline.command("dlq show", pipeline.input() + "/0/0").err())
                    .contains("dead letters are shown, which are in " + pipeline.deadLetters());
            assertThat(pipeline.command("dlq show", pipeline.deadLetters() + "/0/9999")
                            .exitCode())
                    .isEqualTo(1);
        }
    }

    @Test
    void anExportIsWholeAndReplacesNothingUnasked() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "exported").createTopics()) {
            bury(pipeline, 40);
            Path file = directory.resolve("letters.jsonl");
            assertThat(said(pipeline, "dlq export", "--out", file.toString())).contains("40 letters");
            assertThat(Files.readAllLines(file))
                    .hasSize(40)
                    .allMatch(line -> line.contains("\"value\":{\"base64\":\"eyJ1aWQi")
                            && line.contains("\"text\":\"{\\\"uid\\\":"));
            CommandRun again = pipeline.command("dlq export", "--out", file.toString());
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("is there already; --force replaces it");
            assertThat(said(
                            pipeline,
                            "dlq export",
                            "--source",
                            pipeline.input() + "/1",
                            "--force",
                            "--out",
                            file.toString()))
                    .contains("10 letters");
            assertThat(said(pipeline, "dlq export", "--out", directory.toString()))
                    .contains(pipeline.deadLetters() + ".jsonl: 40 letters");
            try (var files = Files.list(directory)) {
                assertThat(files).hasSize(2);
            }
        }
    }

    @Test
    void withoutTheTopicOfReplaysNothingIsSent() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "no-record").createTopics();
                Admin admin = Admin.create(pipeline.kafka())) {
            bury(pipeline, 10);
            admin.deleteTopics(List.of("no-record-replays")).all().get();
            LivePipeline.await(() -> !admin.listTopics().names().get().contains("no-record-replays"));
            assertThat(said(pipeline, "dlq list")).contains("missing_field user_id");
            assertThat(said(pipeline, "dlq replay")).contains("10 would be sent");
            CommandRun run = pipeline.command("dlq replay", "--execute");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("gatehouse topics create");
            assertThat(inputs(pipeline)).isEmpty();
        }
    }

    /** Letters as Gatehouse writes them, of events that omit the user, each with a number of its own. */
    private static void bury(LivePipeline pipeline, int letters) {
        DeadLetters writer = new DeadLetters(pipeline.deadLetters(), "1.0");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(pipeline.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < letters; i++) {
                String event = "{\"uid\":\"u" + i + "\",\"app_version\":\"4.2.1\",\"device_type\":\"iOS\"}";
                ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(
                        pipeline.input(),
                        i % 4,
                        i,
                        1_709_294_590_000L,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        ("u" + i).getBytes(UTF_8),
                        event.getBytes(UTF_8),
                        new RecordHeaders(),
                        Optional.empty());
                producer.send(writer.letter(original, Reason.MISSING_FIELD, Field.USER_ID, System.currentTimeMillis()));
            }
        }
    }

    private static List<String> replaying(LivePipeline pipeline) {
        return ChildProcess.java(
                List.of("-Xmx128m"),
                Gatehouse.class,
                pipeline.arguments(
                                "dlq replay", "--rename", "uid=user_id", "--execute", "--rate", Integer.toString(RATE))
                        .toArray(String[]::new));
    }

    /** What has been written to the input, committed or not. */
    private static long appended(LivePipeline pipeline, KafkaCluster cluster) throws Exception {
        long end = 0;
        for (int i = 0; i < 4; i++) {
            end += cluster.endOffset(new TopicPartition(pipeline.input(), i)).get();
        }
        return end;
    }

    /** The values in the input. */
    private static List<String> inputs(LivePipeline pipeline) {
        return values(pipeline, pipeline.input());
    }

    /** The values in a topic, as readers of committed records see them. */
    private static List<String> values(LivePipeline pipeline, String topic) {
        List<String> values = new ArrayList<>();
        List<String> topics = List.of(topic);
        try (TopicReader reader =
                new TopicReader(pipeline.kafka(), topics, record -> values.add(new String(record.value(), UTF_8)))) {
            reader.read(topics);
        }
        return values;
    }

    private static void awaitOutcome(Engine engine, long accepted, long refused) {
        LivePipeline.await(() -> engine.status().tally().accepted() == accepted
                && engine.status().tally().refused().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        == refused);
    }

    private static void awaitLetters(LivePipeline pipeline, int letters) {
        LivePipeline.await(() -> values(pipeline, pipeline.deadLetters()).size() == letters);
    }

    private static String said(LivePipeline pipeline, String command, String... more) {
        CommandRun run = pipeline.command(command, more);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }
}

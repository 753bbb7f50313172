package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.engine.Engine;
import io.gatehouse.engine.lag.LagReport;
import io.gatehouse.engine.lag.LagWatch;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StageLag;
import io.gatehouse.engine.lag.Verdict;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What lag means, told from outside and by the process itself, of a real group on a real broker. */
@Timeout(120)
class LagTest {
    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @Test
    void anIdleTopicIsOkBehindTransactionsThatWereCommittedAbortedOrAreOpen() throws Exception {
        try (LivePipeline pipeline = keyed("idle");
                Producer<byte[], byte[]> producer = transactional("idle-producer");
                LagWatch watch = new LagWatch(pipeline.configuration().engine())) {
            Engine engine = pipeline.startEngine();
            write(producer, pipeline.input(), 3);
            producer.commitTransaction();
            awaitReport(watch, report -> report.isDrained() && ends(report) == 4);

            write(producer, pipeline.input(), 5);
            producer.abortTransaction();
            awaitReport(watch, report -> report.isDrained() && ends(report) == 10);

            write(producer, pipeline.input(), 7);
            LagReport open = awaitReport(watch, report -> open(report) == 7);
            assertThat(open.isDrained()).isTrue();
            assertThat(engine.status().partitions()).allMatch(partition -> partition.lag() == 0);
            LivePipeline.await(() -> engine.status().lag().judged().stream()
                    .anyMatch(lag -> lag.verdict() == Verdict.OK && lag.committed() == 10));
            assertThat(pipeline.command("lag").exitCode()).isZero();
        }
    }

    @Test
    void aGroupThatEverybodyHasLeftIsStopped() throws Exception {
        try (LivePipeline pipeline = keyed("stopped")) {
            try (Engine engine = pipeline.startEngine()) {
                LivePipeline.awaitPartitions(engine);
            }
            CommandRun run = pipeline.command("lag", "--for", "0s");
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out())
                    .startsWith("STOPPED: 1 stopped. 0 records wait")
                    .contains("nobody");
        }
    }

    @Test
    void aWorkerThatCannotWriteStallsItsPartitionAndSaysSo() throws Exception {
        try (LivePipeline pipeline = keyed("stalled", "http.port=0");
                Producer<byte[], byte[]> producer = transactional("stalled-producer");
                LagWatch watch = new LagWatch(pipeline.configuration().engine())) {
            Pipeline instance = pipeline.startPipeline();
            awaitReport(watch, found -> only(found).committed() == 0);
            limit(pipeline.processed(), "300");
            write(producer, pipeline.input(), 50);
            producer.commitTransaction();
            LagReport report = awaitReport(watch, found -> found.verdict() == Verdict.STALLED);
            PartitionLag lag = only(report);
            assertThat(lag.lag()).isEqualTo(51);
            assertThat(lag.secondsToDrain()).isInfinite();
            URI url = instance.httpAddress().orElseThrow();
            LivePipeline.await(() -> ask(url, "/health/ready").contains("partition 0 is stalled: "));
            assertThat(ask(url, "/metrics"))
                    .containsPattern("gatehouse_lag_verdict\\{partition=\"0\",verdict=\"stalled\"\\} 1.0\n")
                    .contains("gatehouse_time_to_drain_seconds{partition=\"0\"} NaN\n");
            CommandRun status = pipeline.command("status", "--for", "0s", "--url", url.toString());
            assertThat(status.exitCode()).isEqualTo(3);
            assertThat(status.out()).contains("not ready").contains("partition 0 is stalled: ");
            limit(pipeline.processed(), "1048576");
            awaitReport(watch, LagReport::isDrained);
        }
    }

    @Test
    void aWorkerSlowerThanItsProducerFallsBehindAndThenTellsWhenItWillBeDone() throws Exception {
        String[] slow = {"worker.threads=1", "transaction.max-events=5", "kafka.consumer.max.poll.records=5"};
        try (LivePipeline pipeline = keyed("slow", slow);
                LagWatch watch = new LagWatch(pipeline.configuration().engine())) {
            LivePipeline.awaitPartitions(pipeline.startEngine());
            try (GeneratorRun run = pipeline.generate(31, KeyChoice.USER, 0, 10_000, 0)) {
                PartitionLag lag = only(awaitReport(watch, report -> report.verdict() == Verdict.FALLING_BEHIND));
                assertThat(lag.growthPerSecond()).isPositive();
                assertThat(lag.outPerSecond()).isPositive();
                assertThat(lag.secondsToDrain()).isInfinite();
                LivePipeline.awaitSent(run, 1);
            }
            PartitionLag lag = only(awaitReport(
                    watch,
                    report -> report.isWell()
                            && only(report).secondsToDrain() > 0
                            && Double.isFinite(only(report).secondsToDrain())));
            assertThat(lag.lag()).isPositive();
            assertThat(lag.growthPerSecond()).isNegative();
        }
    }

    @Test
    void bothStagesOfAReKeyedInputAreSeenWithTheirGroupsAndMembers() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "two-stages").createTopics();
                LagWatch watch = new LagWatch(pipeline.configuration().engine())) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitTrouble(engine, "first records");
            try (GeneratorRun run = pipeline.generate(32, KeyChoice.RANDOM, 0.05, 0)) {
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            LagReport report = awaitReport(
                    watch, found -> found.isDrained() && found.stages().size() == 2);
            assertThat(report.stages().stream().map(StageLag::topic))
                    .containsExactly(pipeline.input(), pipeline.byUser());
            assertThat(report.stages().stream().map(stage -> stage.group().id()))
                    .containsExactly("two-stages-route", "two-stages");
            assertThat(report.partitions())
                    .hasSize(8)
                    .allMatch(lag ->
                            lag.owner().startsWith("two-stages-") && lag.owner().contains(" at /127.0.0.1"));
            LivePipeline.await(() -> engine.status().lag().routed().size() == 4
                    && engine.status().lag().judged().size() == 4);
            engine.close();
            assertThat(pipeline.command("lag", "--for", "0s", "--json").out())
                    .contains("\"verdict\":\"stopped\"")
                    .contains("\"stage\":\"routing\"")
                    .contains("\"stage\":\"judging\"");
        }
    }

    @Test
    void readersOfResultsWhomAnOpenTransactionHoldsUpAreNoticed() throws Exception {
        try (LivePipeline pipeline = keyed("held-up", "http.port=0");
                Producer<byte[], byte[]> stranger = transactional("held-up-stranger");
                LagWatch watch = new LagWatch(pipeline.configuration().engine())) {
            Pipeline instance = pipeline.startPipeline();
            write(stranger, pipeline.processed(), 2);
            LagReport report = awaitReport(
                    watch, found -> !found.processed().get(0).stuckFor().isZero());
            assertThat(report.processed().get(0).heldBack()).isEqualTo(2);
            URI url = instance.httpAddress().orElseThrow();
            LivePipeline.await(() -> ask(url, "/metrics")
                    .lines()
                    .anyMatch(line ->
                            line.matches("gatehouse_last_stable_offset_stuck_seconds\\{partition=\"0\"\\} [1-9].*")));
            stranger.abortTransaction();
            LivePipeline.await(() ->
                    ask(url, "/metrics").contains("gatehouse_last_stable_offset_stuck_seconds{partition=\"0\"} 0.0\n"));
        }
    }

    @Test
    void aBrokerThatIsAwayIsToldAndIsNoVerdict() {
        try (LivePipeline nowhere = new LivePipeline(
                "127.0.0.1:1",
                "nowhere",
                "kafka.admin.default.api.timeout.ms=1000",
                "kafka.admin.request.timeout.ms=500")) {
            CommandRun run = nowhere.command("lag");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("the broker does not answer").contains("kafka.bootstrap.servers");
            assertThat(nowhere.command("status", "--for", "0s").out()).startsWith("LAG NOT KNOWN: the broker");
        }
    }

    private static LivePipeline keyed(String name, String... more) {
        String[] all = Stream.concat(Stream.of("input.partitioning=keyed", "topics.partitions=1"), Stream.of(more))
                .toArray(String[]::new);
        return new LivePipeline(BROKER.bootstrap(), name, all).createTopics();
    }

    private static LagReport awaitReport(LagWatch watch, Predicate<LagReport> wanted) {
        AtomicReference<LagReport> found = new AtomicReference<>();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(900))
                .pollDelay(Duration.ZERO)
                .atMost(LivePipeline.WAIT)
                .until(() -> {
                    found.set(watch.look(System.nanoTime()));
                    return wanted.test(found.get());
                });
        return found.get();
    }

    private static PartitionLag only(LagReport report) {
        List<PartitionLag> all = report.partitions().toList();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static long ends(LagReport report) {
        return report.partitions().mapToLong(PartitionLag::stableEnd).sum();
    }

    private static long open(LagReport report) {
        return report.partitions().mapToLong(PartitionLag::open).sum();
    }

    private static Producer<byte[], byte[]> transactional(String id) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("bootstrap.servers", BROKER.bootstrap(), "transactional.id", id));
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** Leaves the transaction open. */
    private static void write(Producer<byte[], byte[]> producer, String topic, int logins) {
        producer.beginTransaction();
        for (int i = 0; i < logins; i++) {
            String login = "{\"user_id\":\"u\",\"timestamp\":" + (1_700_000_000 + i) + "}";
            producer.send(new ProducerRecord<>(topic, 0, "u".getBytes(UTF_8), login.getBytes(UTF_8)));
        }
        producer.flush();
    }

    private static void limit(String topic, String maxMessageBytes) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", maxMessageBytes), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
    }

    private static String ask(URI instance, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(instance.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}

package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.engine.Engine;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.generate.GeneratorRun;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way is said by name, waited for, and costs nothing once it is mended. */
@Timeout(120)
class OutageTest {
    /** So that a broker that is away is noticed sooner than in production. */
    private static final String IMPATIENT_ADMIN = "kafka.admin.default.api.timeout.ms=3000";

    private static final String IMPATIENT_REQUESTS = "kafka.admin.request.timeout.ms=2000";

    @TempDir
    private Path dataDir;

    @Test
    void aBrokerThatGoesAwayIsWaitedForAndNothingIsLost() throws Exception {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.at(LoopbackPort.free(), dataDir).start();
                LivePipeline pipeline = new LivePipeline(broker.bootstrap(), "away").createTopics()) {
            Engine engine = pipeline.startEngine();
            try (GeneratorRun run = pipeline.generate(11, 0.05, 1_000)) {
                LivePipeline.awaitJudged(engine, 1_000);
                broker.stop();
                broker.start();
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            pipeline.assertContent();
            assertThat(engine.status().workers()).allMatch(worker -> worker.trouble() == null);
        }
    }

    @Test
    void anInstanceWithoutLoginsIsNotReadyWhileItsBrokerIsAway() throws Exception {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.at(LoopbackPort.free(), dataDir).start();
                LivePipeline settings = new LivePipeline(
                                broker.bootstrap(),
                                "unready",
                                "http.port=0",
                                "input.partitioning=keyed",
                                IMPATIENT_ADMIN,
                                IMPATIENT_REQUESTS)
                        .createTopics()) {
            Pipeline instance = settings.startPipeline();
            LivePipeline.await(() -> !instance.status().partitions().isEmpty() && isReady(instance));
            broker.stop();
            LivePipeline.await(() -> !isReady(instance)
                    && ask(instance, "ready").body().contains("worker 0 waits: the broker does not answer"));
            assertThat(ask(instance, "live").statusCode()).isEqualTo(200);
            broker.start();
            LivePipeline.await(() -> isReady(instance));
        }
    }

    private static boolean isReady(Pipeline instance) throws Exception {
        return ask(instance, "ready").statusCode() == 200;
    }

    private static HttpResponse<String> ask(Pipeline instance, String question) throws Exception {
        URI health = instance.httpAddress().orElseThrow().resolve("/health/" + question);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anEngineThatIsThereBeforeItsBrokerSaysSoAndBeginsByItself() throws Exception {
        int port = LoopbackPort.free();
        try (EmbeddedBroker broker = EmbeddedBroker.at(port, dataDir);
                LivePipeline pipeline =
                        new LivePipeline("127.0.0.1:" + port, "early", IMPATIENT_ADMIN, IMPATIENT_REQUESTS)) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitTrouble(engine, "kafka.bootstrap.servers");
            broker.start();
            LivePipeline.awaitTrouble(engine, "does not exist: create the topics with 'gatehouse topics create'");
            pipeline.createTopics();
            try (GeneratorRun run = pipeline.generate(12, 0.05, 0)) {
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            pipeline.assertContent();
        }
    }

    @Test
    void anOutputTopicThatTakesNoRecordOfThisSizeIsNamedAndTheRecordIsNotSkipped() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start();
                LivePipeline pipeline = new LivePipeline(broker.bootstrap(), "narrow").createTopics();
                Admin admin = Admin.create(pipeline.kafka())) {
            limit(admin, pipeline.processed(), "3000");
            Engine engine = pipeline.startEngine();
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(pipeline.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
                String wide =
                        "{\"user_id\":\"u\",\"timestamp\":1700000000,\"noise\":\"" + incompressible(9_000) + "\"}";
                producer.send(new ProducerRecord<>(pipeline.input(), "u".getBytes(UTF_8), wide.getBytes(UTF_8)))
                        .get();
            }
            LivePipeline.awaitTrouble(engine, "raise its max.message.bytes");
            limit(admin, pipeline.processed(), "1048576");
            LivePipeline.awaitJudged(engine, 1);
            PipelineCheck.Report report = pipeline.check();
            assertThat(report.differences()).isEmpty();
            assertThat(report.against().agreed()).isEqualTo(1);
        }
    }

    private static void limit(Admin admin, String topic, String maxMessageBytes) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", maxMessageBytes), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }

    private static String incompressible(int length) {
        return new Random(3)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

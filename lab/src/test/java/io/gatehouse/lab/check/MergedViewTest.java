package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.gatehouse.app.Pipeline;
import io.gatehouse.app.view.StatisticsPage;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.statistics.StatisticsFeed;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.reference.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The merged view of two instances, read through HTTP from a real broker, and held against the reference. */
@Timeout(120)
class MergedViewTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Settings HOURS = new Settings(64 * 1024, 1_800_000, 7_776_000_000L, 300_000, 3_600_000, true);
    /** Fifty hours of traffic are then fifty windows: all of them are kept. */
    private static final String[] HOURLY = {
        "http.port=0", "stats.window=1h", "stats.publish-interval=200ms", "input.partitioning=keyed"
    };

    @TempDir
    private Path dataDir;

    @Test
    void allInstancesTellWhatTheReferenceCounts() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start();
                LivePipeline pipeline = new LivePipeline(broker.bootstrap(), "merged", HOURLY).createTopics()) {
            Pipeline first = pipeline.startPipeline();
            Pipeline second = pipeline.startPipeline();
            LivePipeline.await(() -> hasPartitions(first) && hasPartitions(second));
            try (GeneratorRun run = pipeline.generate(31, 0.1, 0)) {
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            ExpectedView expected = expected(pipeline);
            assertTold(expected, first);
            assertTold(expected, second);

            first.close();
            second.close();
            assertTold(expected, pipeline.startPipeline());
            expected.assertToldBy(readWithNothingRecent(pipeline));
        }
    }

    @Test
    void anOutageOfTheBrokerLeavesTheViewInServiceAndItGoesOn() throws Exception {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.at(LoopbackPort.free(), dataDir).start();
                LivePipeline pipeline = new LivePipeline(broker.bootstrap(), "outage", HOURLY)) {
            Pipeline running = pipeline.startPipeline();
            assertThat(get(running).statusCode()).isEqualTo(503);
            LivePipeline.await(() -> get(running).body().contains("gatehouse topics create"));
            pipeline.createTopics();
            try (GeneratorRun run = pipeline.generate(32, 0.1, 1_000)) {
                LivePipeline.awaitSent(run, 1_000);
                LivePipeline.await(() -> get(running).statusCode() == 200);
                broker.stop();
                assertThat(get(running).statusCode()).isEqualTo(200);
                broker.start();
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            assertTold(expected(pipeline), running);
        }
    }

    private static boolean hasPartitions(Pipeline pipeline) {
        return !pipeline.status().partitions().isEmpty();
    }

    private static ExpectedView expected(LivePipeline pipeline) throws Exception {
        ExpectedView expected = new ExpectedView(LivePipeline.EXPECTED_PLACES, HOURS);
        List<String> input = List.of(pipeline.input());
        try (TopicReader reader = new TopicReader(pipeline.kafka(), input, expected::input)) {
            reader.read(input);
        }
        return expected.merge();
    }

    private static void assertTold(ExpectedView expected, Pipeline pipeline) throws Exception {
        LivePipeline.await(() -> {
            HttpResponse<String> answer = get(pipeline);
            if (answer.statusCode() != 200) {
                return false;
            }
            JsonNode page = JSON.readTree(answer.body());
            return page.get("complete").asBoolean() && ExpectedView.events(page) >= expected.events();
        });
        JsonNode page = JSON.readTree(get(pipeline).body());
        expected.assertToldBy(page);
        assertThat(schema().validate(page)).isEmpty();
        assertThat(pipeline.statistics().orElseThrow().windows())
                .isEqualTo(page.at("/logins/windows").size());
    }

    /** Everything is older than what is read at first. */
    private static JsonNode readWithNothingRecent(LivePipeline pipeline) throws Exception {
        StatisticsView view = new StatisticsView(HOURS.statsWindowMs(), System::currentTimeMillis);
        EngineSettings settings = pipeline.configuration().engine();
        try (StatisticsFeed feed = new StatisticsFeed(settings, Duration.ofDays(-1), view)) {
            feed.start();
            LivePipeline.await(() -> view.merged().isPresent());
        }
        return JSON.readTree(StatisticsPage.of(view.merged().orElseThrow()));
    }

    private static HttpResponse<String> get(Pipeline pipeline) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        pipeline.httpAddress().orElseThrow().resolve("/api/stats"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonSchema schema() {
        Path file = Path.of("..", "docs", "schemas", "api-stats.schema.json");
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of(file.toUri().normalize().toString()));
    }
}

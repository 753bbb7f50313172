package io.gatehouse.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.gatehouse.app.Lags;
import io.gatehouse.engine.lag.LagReport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the commands print as JSON is as the published schemas say. */
class WatchSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema LAG = schema("lag");
    private static final JsonSchema STATUS = schema("status");
    private static final URI URL = URI.create("http://host-1:8080");
    private static final LagReport REPORT = Reports.of(
            Lags.ok(0), Lags.fallingBehind(1), Lags.stalled(2), Lags.stopped(3), Lags.draining(4), Lags.unknown(5));

    @Test
    void lagOfEveryVerdictIsAsTheSchemaSays() throws Exception {
        String json = LagJson.of(REPORT, Instant.parse("2024-03-01T12:00:00Z"));

        assertValid(LAG, json);
        assertThat(json)
                .startsWith("{\"schema_version\":1,\"at\":\"2024-03-01T12:00:00Z\",\"verdict\":\"stopped\"")
                .contains("\"seconds_to_drain\":124,")
                .doesNotContain("NaN", "Infinity", "\n");
    }

    @Test
    void aLookThatFailedIsToo() throws Exception {
        assertValid(LAG, LagJson.failure("the broker does not answer", Instant.EPOCH));
    }

    @Test
    void aStatusIsAsTheSchemaSaysWithKafkaAndWithout() throws Exception {
        HealthAnswer health = new HealthAnswer("ready", "1.2.3", List.of("a"), List.of("b"));
        List<Instance> instances =
                List.of(new Instance(URL, null, health, 10, 0.5, 0.25, 0), Instance.silent(URL, "it does not answer"));

        assertValid(STATUS, new Status(REPORT, null, instances, true, Instant.EPOCH).json());
        assertValid(STATUS, new Status(null, "away", instances, true, Instant.EPOCH).json());
    }

    @Test
    void theSchemasWouldNoticeAnotherField() throws Exception {
        String json = LagJson.of(REPORT, Instant.EPOCH);

        assertThat(LAG.validate(JSON.readTree(json.replace("\"open\":", "\"opened\":"))))
                .isNotEmpty();
    }

    private static void assertValid(JsonSchema schema, String json) throws Exception {
        assertThat(schema.validate(JSON.readTree(json))).isEmpty();
    }

    private static JsonSchema schema(String name) {
        Path file = Path.of("..", "docs", "schemas", name + ".schema.json");
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of(file.toUri().normalize().toString()));
    }
}

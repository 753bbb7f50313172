package io.gatehouse.app.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.gatehouse.app.view.StatisticsPage;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import io.gatehouse.engine.deadletter.DeadLetters;
import io.gatehouse.reference.CaseBook;
import io.gatehouse.reference.Expectation;
import io.gatehouse.reference.LoginCase;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Session;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas hold for every case: for what goes in, for what comes out, and for dead letters' headers. */
class SchemasTest {
    private static final CaseBook BOOK = CaseBook.read(Path.of("..", "cases"));
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonSchema EVENT = schema("login-event");
    private static final JsonSchema PROCESSED = schema("processed-login");
    private static final JsonSchema HEADERS = schema("dead-letter-headers");
    private static final JsonSchema SESSION = schema("login-session");
    private static final JsonSchema STATISTICS = schema("login-stats");
    private static final JsonSchema VIEW = schema("api-stats");

    /** Of these the event schema knows all there is to know; of times and addresses it knows the shape alone. */
    private static final Set<String> KNOWN_TO_THE_SCHEMA =
            Set.of("missing_field", "wrong_type", "invalid_user_id", "field_too_long");

    @TestFactory
    Stream<DynamicTest> everyCaseIsValidBySchema() {
        return BOOK.cases().stream().map(login -> DynamicTest.dynamicTest(login.toString(), () -> validate(login)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"user_id\":\"u\"}",
                "{\"user_id\":\"\",\"timestamp\":1694479551}",
                "{\"user_id\":\"a\\u0085\",\"timestamp\":1694479551}",
                "{\"user_id\":\"u\",\"timestamp\":1}",
                "{\"user_id\":\"u\",\"timestamp\":1694479551.5}",
                "{\"user_id\":\"u\",\"timestamp\":\"2023-09-12\"}",
                "{\"user_id\":\"u\",\"timestamp\":1694479551,\"ip\":\"01.2.3.4\"}",
                "{\"user_id\":\"u\",\"timestamp\":1694479551,\"ip\":\"localhost\"}",
                "{\"user_id\":\"u\",\"timestamp\":1694479551,\"locale\":1}",
                "{\"user_id\":\"u\",\"timestamp\":1694479551,\"enrichment\":null}"
            })
    void anEventThatIsRefusedByItsShapeIsInvalid(String event) throws JsonProcessingException {
        assertThat(EVENT.validate(JSON.readTree(event))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/geo",
                "/device",
                "/version",
                "/session",
                "/risk",
                "/source",
            })
    void aFieldOfNoContractMakesAProcessedEventInvalid(String object) throws JsonProcessingException {
        JsonNode processed = processed();
        ((ObjectNode) processed.at("/enrichment" + object)).put("more", 1);
        assertThat(PROCESSED.validate(processed)).isNotEmpty();
    }

    @Test
    void aMissingFieldMakesAProcessedEventInvalid() throws JsonProcessingException {
        JsonNode complete = processed();
        assertThat(PROCESSED.validate(complete)).isEmpty();
        complete.get("enrichment").fieldNames().forEachRemaining(name -> {
            ObjectNode processed = complete.deepCopy();
            ((ObjectNode) processed.get("enrichment")).remove(name);
            assertThat(PROCESSED.validate(processed)).as("without " + name).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "gatehouse.reason, bad_luck",
        "gatehouse.reason, empty_value",
        "gatehouse.field, ip",
        "gatehouse.field, password",
        "gatehouse.source.offset, -1",
        "gatehouse.failed_at, yesterday",
        "gatehouse.attempt, 0",
        "gatehouse.more, 1"
    })
    void headersThatGatehouseWouldNotWriteAreInvalid(String name, String value) {
        ObjectNode headers = headers(Reason.MISSING_FIELD, Field.USER_ID, 7);
        assertThat(HEADERS.validate(headers)).isEmpty();
        headers.put(name, value);
        assertThat(HEADERS.validate(headers)).isNotEmpty();
    }

    @Test
    void everySampleOfASessionIsValid() throws IOException {
        assertThat(samples("login-sessions")).isNotEmpty().allSatisfy(sample -> assertThat(SESSION.validate(sample))
                .isEmpty());
    }

    @Test
    void everySampleOfStatisticsIsValid() throws IOException {
        assertThat(samples("login-stats"))
                .extracting(sample -> sample.get("kind").asText())
                .contains("logins", "dead_letters", "activity");
        assertThat(samples("login-stats"))
                .allSatisfy(sample -> assertThat(STATISTICS.validate(sample)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "revision, 0",
        "logins, 0",
        "devices, 9",
        "session_id, '\"0\"'",
        "countries, '[\"us\"]'",
        "countries, '[\"US\",\"US\"]'",
        "closed_at, '\"2023-09-12T01:45:01Z\"'",
        "more, 1"
    })
    void aSessionThatGatehouseWouldNotWriteIsInvalid(String field, String value) throws IOException {
        ObjectNode session = (ObjectNode) samples("login-sessions").get(0);
        session.set(field, JSON.readTree(value));
        assertThat(SESSION.validate(session)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', logins, -1",
        "0, '', kind, '\"activity\"'",
        "0, '', dead_letters, '{}'",
        "0, /by/hour_of_day, 24, 1",
        "0, /by/ip_category, home, 1",
        "0, /by/version, 1.0, 0",
        "0, /by/country, usa, 1",
        "0, /distinct_users, sketch, '\"AXE\"'",
        "0, /processing_delay_ms/buckets, 3, 1",
        "1, '', dead_letters, '{}'",
        "1, /dead_letters, bad_luck, 1",
        "2, '', last_day, '\"2023-09-11T00:00:00Z\"'",
        "2, '', hours, '[[0]]'"
    })
    void statisticsThatGatehouseWouldNotWriteAreInvalid(int sample, String object, String field, String value)
            throws IOException {
        ObjectNode statistics = (ObjectNode) samples("login-stats").get(sample);
        ((ObjectNode) statistics.at(object)).set(field, JSON.readTree(value));
        assertThat(STATISTICS.validate(statistics)).isNotEmpty();
    }

    @Test
    void theMergedViewIsValidBySchema() throws IOException {
        List<JsonNode> records = new ArrayList<>(samples("login-stats"));
        for (LoginCase login : BOOK.cases()) {
            ReferenceJudge judge = new ReferenceJudge(BOOK.places(), login.settings());
            for (int i = 0; i < login.events().size(); i++) {
                LoginCase.Event event = login.events().get(i);
                judge.judge(event.value(), event.recordTimestampMs(), CaseBook.TOPIC, 0, i);
            }
            for (String value : judge.statistics(0).values()) {
                records.add(published(value));
            }
        }
        StatisticsView view = new StatisticsView(60_000, () -> CaseBook.PROCESSED_AT_MS);
        for (int offset = 0; offset < records.size(); offset++) {
            view.take(new ConsumerRecord<>(
                    "login-stats", 0, offset, new byte[0], JSON.writeValueAsBytes(records.get(offset))));
        }
        view.allTaken();
        JsonNode page = JSON.readTree(StatisticsPage.of(view.merged().orElseThrow()));

        assertThat(page.at("/logins/windows")).isNotEmpty();
        assertThat(page.at("/dead_letters/windows")).isNotEmpty();
        assertThat(page.at("/activity/hours")).hasSize(7);
        assertThat(VIEW.validate(page)).isEmpty();
        ((ObjectNode) page).put("more", 1);
        assertThat(VIEW.validate(page)).isNotEmpty();
    }

    @Test
    void theMergedViewOfNothingIsValidBySchema() throws JsonProcessingException {
        StatisticsView view = new StatisticsView(60_000, () -> CaseBook.PROCESSED_AT_MS);
        view.allTaken();
        JsonNode page = JSON.readTree(StatisticsPage.of(view.merged().orElseThrow()));
        assertThat(VIEW.validate(page)).isEmpty();
    }

    private static List<JsonNode> samples(String name) throws IOException {
        List<JsonNode> samples = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "samples", name + ".jsonl"))) {
            samples.add(JSON.readTree(line));
        }
        return samples;
    }

    private static void validate(LoginCase login) throws Exception {
        ReferenceJudge judge = new ReferenceJudge(BOOK.places(), login.settings());
        for (int i = 0; i < login.events().size(); i++) {
            LoginCase.Event event = login.events().get(i);
            Verdict verdict = judge.judge(event.value(), event.recordTimestampMs(), CaseBook.TOPIC, 0, i);
            if (verdict instanceof Verdict.Accepted accepted) {
                assertThat(EVENT.validate(byContract(event.value(), login))).isEmpty();
                assertThat(PROCESSED.validate(byContract(accepted.output(CaseBook.PROCESSED_AT_MS), login)))
                        .isEmpty();
            } else {
                validateRefused(login.expectations().get(i), event, login, i);
            }
        }
        for (Session session : judge.closedSessions()) {
            byte[] value = session.value(1, CaseBook.PROCESSED_AT_MS);
            assertThat(SESSION.validate(JSON.readTree(value))).isEmpty();
        }
        for (String value : judge.statistics(0).values()) {
            assertThat(STATISTICS.validate(published(value))).isEmpty();
        }
    }

    /** An object with its members by the names that the schemas know, whatever its producer calls them. */
    private static JsonNode byContract(byte[] value, LoginCase login) throws IOException {
        JsonNode named = JSON.readTree(value);
        Map<String, String> names = login.settings().fieldNames();
        if (names.isEmpty()) {
            return named;
        }
        ObjectNode renamed = named.deepCopy();
        renamed.remove(names.keySet());
        renamed.remove(names.values());
        names.forEach((field, name) -> {
            if (named.has(name)) {
                renamed.set(field, named.get(name));
            }
        });
        return renamed;
    }

    /** With what hangs on timing, of which the reference says nothing. */
    private static JsonNode published(String statistics) throws JsonProcessingException {
        ObjectNode published = (ObjectNode) JSON.readTree(statistics);
        if (published.get("kind").asText().equals("logins")) {
            ((ObjectNode) published.get("distinct_users")).remove("exact");
            published.put("sessions_closed", 0);
            ObjectNode buckets = published.putObject("processing_delay_ms").putObject("buckets");
            buckets.put("more", published.get("logins").asLong());
        }
        return published;
    }

    private static void validateRefused(Expectation refused, LoginCase.Event event, LoginCase login, long offset)
            throws Exception {
        String reason = refused.reason().orElseThrow();
        Optional<Field> field = refused.field().map(SchemasTest::field);
        ObjectNode headers = headers(reason(reason), field.orElse(null), offset);
        assertThat(HEADERS.validate(headers)).isEmpty();
        if (KNOWN_TO_THE_SCHEMA.contains(reason)) {
            assertThat(EVENT.validate(byContract(event.value(), login)))
                    .as(reason)
                    .anyMatch(message -> isAbout(message, field.orElseThrow().label()));
        }
    }

    /** A null that must not be is a message about its field too, and a missing field one about the object. */
    private static boolean isAbout(ValidationMessage message, String field) {
        return message.getInstanceLocation().toString().equals("/" + field)
                || ("required".equals(message.getType()) && field.equals(message.getProperty()));
    }

    /** As the engine writes them. */
    private static ObjectNode headers(Reason reason, Field field, long offset) {
        ConsumerRecord<byte[], byte[]> original =
                new ConsumerRecord<>(CaseBook.TOPIC, 0, offset, new byte[0], new byte[0]);
        original.headers().add("trace", "any".getBytes(UTF_8));
        ObjectNode headers = JSON.createObjectNode();
        new DeadLetters("user-login-dlq", "0.1.0")
                .letter(original, reason, field, CaseBook.PROCESSED_AT_MS)
                .headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    private static JsonNode processed() throws JsonProcessingException {
        String event = "{\"user_id\":\"u\",\"timestamp\":1694479551,\"ip\":\"25.67.253.124\",\"app_version\":\"1\"}";
        Verdict verdict = new ReferenceJudge(BOOK.places(), Settings.DEFAULTS)
                .judge(event.getBytes(UTF_8), -1, CaseBook.TOPIC, 0, 0);
        return JSON.readTree(new String(((Verdict.Accepted) verdict).output(CaseBook.PROCESSED_AT_MS), UTF_8));
    }

    private static Field field(String label) {
        return Arrays.stream(Field.values())
                .filter(field -> field.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static Reason reason(String label) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static JsonSchema schema(String name) {
        Path file = Path.of("..", "docs", "schemas", name + ".schema.json");
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(
                        SchemaLocation.of(file.toUri().normalize().toString()),
                        SchemaValidatorsConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .build());
    }
}

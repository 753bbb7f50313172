package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.topic.NewTopics;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.reference.CheckReport;
import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Closed;
import io.gatehouse.reference.Places;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Session;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The check of sessions and statistics, which the reference itself publishes here. */
@Timeout(120)
class PublishedTopicsTest {
    private static final String GROUP = "gatehouse";
    private static final String INPUT = "user-login";
    private static final String PROCESSED = "processed-user-login";
    private static final String DEAD_LETTERS = "user-login-dlq";
    private static final String SESSIONS = "login-sessions";
    private static final String STATISTICS = "login-stats";
    private static final long NOW = 1_767_225_600_000L;
    private static final int LOGINS = 50;
    private static final Places NOWHERE = address -> null;

    private final ReferenceJudge judge = new ReferenceJudge(NOWHERE, Settings.DEFAULTS);
    private EmbeddedBroker broker;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void startBroker() throws Exception {
        broker = EmbeddedBroker.temporary().start();
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        try (Admin admin = Admin.create(kafka())) {
            NewTopics.create(
                    admin,
                    Stream.of(INPUT, PROCESSED, DEAD_LETTERS, SESSIONS, STATISTICS)
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList());
            for (int offset = 0; offset < LOGINS; offset++) {
                login(offset);
            }
            // What is committed as processed must be there for the check that comes next.
            producer.flush();
            admin.alterConsumerGroupOffsets(GROUP, Map.of(new TopicPartition(INPUT, 0), new OffsetAndMetadata(LOGINS)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void whatIsPublishedWhileTheCheckIsOnIsWaitedFor() {
        CompletableFuture<PipelineCheck.Report> check =
                CompletableFuture.supplyAsync(() -> PipelineCheck.run(settings(Duration.ofSeconds(60)), NOWHERE));
        publishSessions();
        publishStatistics();

        PipelineCheck.Report report = check.join();
        assertThat(report.differences()).isEmpty();
        assertThat(report.against().sessions()).isGreaterThan(10);
        assertThat(report.against().statistics()).isGreaterThan(10);
    }

    @Test
    void whatIsNeverPublishedIsTold() throws Exception {
        publishStatistics();
        CheckReport report =
                PipelineCheck.run(settings(Duration.ofSeconds(1)), NOWHERE).against();
        assertThat(report.counts()).containsKey(Kind.MISSING_SESSION);

        assertThat(check()).contains("NOT content.", "MISSING_SESSION");
        assertThat(check("--sessions-topic", "off")).contains("0 closed sessions,", "\nContent.");
        publishSessions();
        assertThat(check("--all-sessions-closed")).contains("closed sessions,", "keys of statistics.", "\nContent.");
        assertThat(check("--stats-window", "2m")).contains("MISSING_STATISTICS", "UNKNOWN_STATISTICS");
        assertThat(check("--no-profile", "--sessions-topic", SESSIONS)).contains("--no-profile goes without");
        assertThat(check("--no-profile")).doesNotContain("SESSION", "STATISTICS");
        assertThat(check("--sessions-topic", "elsewhere")).contains("there is no topic elsewhere");
    }

    private String check(String... options) {
        StringWriter said = new StringWriter();
        List<String> arguments = Stream.concat(
                        Stream.of("--bootstrap", broker.bootstrap(), "--no-places", "--wait", "1s"), Stream.of(options))
                .toList();
        new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
        return said.toString();
    }

    private CheckSettings settings(Duration wait) {
        return new CheckSettings(kafka(), GROUP, INPUT, PROCESSED, DEAD_LETTERS, wait)
                .with(new CheckSettings.Published(SESSIONS, Closed.ALL, STATISTICS), Settings.DEFAULTS);
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrap());
    }

    private void login(int offset) {
        String value = "{\"user_id\":\"u" + offset % 5 + "\",\"timestamp\":" + (1_700_000_000L + offset * 600L) + "}";
        producer.send(new ProducerRecord<>(INPUT, 0, NOW, null, value.getBytes(UTF_8)));
        Verdict.Accepted accepted = (Verdict.Accepted) judge.judge(value.getBytes(UTF_8), NOW, INPUT, 0, offset);
        send(PROCESSED, accepted.userId(), accepted.output(NOW));
    }

    private void publishSessions() {
        Stream.concat(judge.closedSessions().stream(), judge.openSessions().stream())
                .forEach(session -> send(SESSIONS, session.userId(), session.value(1, NOW)));
        producer.flush();
    }

    private void publishStatistics() {
        long sessionsClosed = Stream.concat(judge.closedSessions().stream(), judge.openSessions().stream())
                .map(Session::id)
                .count();
        for (Map.Entry<String, String> entry : judge.statistics(0).entrySet()) {
            send(
                    STATISTICS,
                    entry.getKey(),
                    complete(entry.getValue(), sessionsClosed).getBytes(UTF_8));
            sessionsClosed = 0;
        }
        producer.flush();
    }

    /** Each window has one login, and says nothing yet of what hangs on timing. */
    private static String complete(String value, long sessionsClosed) {
        return value.contains("\"kind\":\"logins\"")
                ? value.replace("\"exact\":1,", "")
                        .replace(
                                "\"late\":",
                                "\"sessions_closed\":" + sessionsClosed
                                        + ",\"processing_delay_ms\":{\"buckets\":{\"more\":1}},\"late\":")
                : value;
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
    }
}

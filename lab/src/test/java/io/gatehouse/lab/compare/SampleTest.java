package io.gatehouse.lab.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.topic.NewTopics;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.generate.GeneratedRecord;
import io.gatehouse.lab.generate.LoginStream;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A contestant whose results are wrong must be found out. */
@Timeout(60)
class SampleTest {
    private static final int LOGINS = 500;
    private static final long PROCESSED_AT_MS = 1_767_225_601_000L;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.temporary().start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void resultsAsTheReferenceHasThemPass() throws Exception {
        assertThat(difference("right", result -> result)).isNull();
    }

    @Test
    void anotherSpellingPasses() throws Exception {
        assertThat(difference("spelled", result -> result.replace("\"enrichment\":{", "\"enrichment\": {")))
                .isNull();
    }

    @Test
    void anotherSessionIsFound() throws Exception {
        assertThat(difference("session", result -> result.replace("\"login\":3,", "\"login\":4,")))
                .contains("must be like", "\"login\":3,");
    }

    @Test
    void anotherEventIsFound() throws Exception {
        assertThat(difference("event", result -> result.replace("android", "Android")))
                .contains("must be like");
    }

    @Test
    void whatIsMissingIsFound() throws Exception {
        assertThat(difference("missing", result -> result.endsWith("\"offset\":77}}}") ? null : result))
                .isEqualTo("nothing came of Place[partition=0, offset=77]");
    }

    /** @param change of each result; null to leave it out */
    private static String difference(String name, UnaryOperator<String> change) throws Exception {
        Ground ground = new Ground(
                broker.bootstrap(),
                name,
                name + "-user-login",
                false,
                1,
                0,
                Duration.ZERO,
                Path.of(""),
                Path.of(""),
                Path.of(""),
                Path.of(""));
        ReferenceJudge judge = new ReferenceJudge(ExpectedPlaces.none(), Settings.DEFAULTS);
        LoginStream logins = new LoginStream(
                StreamSettings.realistic(1, Instant.parse("2024-01-01T00:00:00Z"), Duration.ofSeconds(1), 50, 0));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            NewTopics.create(
                    admin,
                    List.of(new NewTopic(ground.input(), 1, (short) 1), new NewTopic(ground.processed(), 1, (short)
                            1)));
            for (int offset = 0; offset < LOGINS; offset++) {
                GeneratedRecord login = logins.next();
                producer.send(new ProducerRecord<>(ground.input(), 0, PROCESSED_AT_MS, login.key(), login.value()));
                Verdict.Accepted verdict =
                        (Verdict.Accepted) judge.judge(login.value(), PROCESSED_AT_MS, ground.input(), 0, offset);
                String result = change.apply(new String(verdict.output(PROCESSED_AT_MS), UTF_8));
                if (result != null) {
                    producer.send(new ProducerRecord<>(ground.processed(), result.getBytes(UTF_8)));
                }
            }
        }
        return new Sample(ground, ExpectedPlaces.none())
                .difference(Contestants.all().get("streams"));
    }
}

package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engine.Engine;
import io.gatehouse.lab.generate.GeneratorRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Engines in this process, a real broker, generated traffic, and the checker. */
@Timeout(120)
class EndToEndTest {
    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    private LivePipeline pipeline;

    @BeforeEach
    void createTopics(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        pipeline = new LivePipeline(BROKER.bootstrap(), name).createTopics();
    }

    @AfterEach
    void closeEngines() {
        pipeline.close();
    }

    @Test
    void everythingThatGoesInComesOutAsTheContractSays() throws Exception {
        pipeline.startEngine();
        try (GeneratorRun run = pipeline.generate(1, 0.1, 0)) {
            assertThat(run.await(LivePipeline.WAIT)).isTrue();
        }
        PipelineCheck.Report report = pipeline.check();
        assertThat(report.differences()).isEmpty();
        assertThat(report.against().agreed()).isEqualTo(LivePipeline.EVENTS);
        assertThat(report.against().deadLetters()).isBetween(400L, 800L);
    }

    @Test
    void aRestartInTheMiddleLosesAndRepeatsNothing() throws Exception {
        Engine first = pipeline.startEngine();
        try (GeneratorRun run = pipeline.generate(2, 0.05, 2_000)) {
            LivePipeline.awaitJudged(first, LivePipeline.EVENTS / 3);
            first.close();
            pipeline.startEngine();
            assertThat(run.await(LivePipeline.WAIT)).isTrue();
        }
        pipeline.assertContent();
    }

    @Test
    void withoutMemoryTopicsOfResultsAreEnoughAndNothingIsLostOrDoubled() throws Exception {
        try (LivePipeline forgetful =
                new LivePipeline(BROKER.bootstrap(), "forgetful", "profile.enabled=false").createTopics()) {
            assertThat(Stream.of("forgetful-state", forgetful.sessions(), forgetful.statistics()))
                    .noneMatch(topic -> TopicReader.exists(forgetful.kafka(), topic));
            Engine first = forgetful.startEngine();
            try (GeneratorRun run = forgetful.generate(6, 0.05, 2_000)) {
                LivePipeline.awaitJudged(first, LivePipeline.EVENTS / 3);
                first.close();
                Engine second = forgetful.startEngine();
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
                assertThat(forgetful.checkWithoutMemory().differences()).isEmpty();
                assertThat(second.status().users()).isZero();
            }
        }
    }

    @Test
    void enginesThatJoinAndLeaveUnderLoadHandTheirUsersOver() throws Exception {
        Engine first = pipeline.startEngine();
        try (GeneratorRun run = pipeline.generate(3, 0.05, 800)) {
            LivePipeline.awaitJudged(first, LivePipeline.EVENTS / 10);
            Engine second = pipeline.startEngine();
            LivePipeline.awaitPartitions(second);
            Engine third = pipeline.startEngine();
            LivePipeline.awaitPartitions(third);
            first.close();
            LivePipeline.awaitSent(run, LivePipeline.EVENTS * 3 / 4);
            second.close();
            assertThat(run.await(LivePipeline.WAIT)).isTrue();
        }
        pipeline.assertContent();
    }

    @Test
    void everySessionIsClosedInTheEndWhateverClosedItFirst() throws Exception {
        try (LivePipeline impatient =
                new LivePipeline(BROKER.bootstrap(), "impatient", "session.gap=2s", "sessions.lateness=1s")) {
            Engine first = impatient.createTopics().startEngine();
            try (GeneratorRun run = impatient.generate(6, 0.05, 1_500)) {
                LivePipeline.awaitJudged(first, LivePipeline.EVENTS / 2);
                impatient.startEngine();
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            first.close();
            PipelineCheck.Report report =
                    LivePipeline.check(impatient.settings(Duration.ofSeconds(2), Duration.ofSeconds(1)));
            assertThat(report.differences()).isEmpty();
            assertThat(report.against().sessions()).isGreaterThan(LivePipeline.EVENTS / 2);
        }
    }

    @Test
    void aRecordThatCameOutTwiceIsFound() throws Exception {
        pipeline.startEngine();
        try (GeneratorRun run = pipeline.generate(4, 0, 0)) {
            assertThat(run.await(LivePipeline.WAIT)).isTrue();
        }
        new Drain(pipeline.settings(LivePipeline.WAIT)).await(LivePipeline.WAIT);
        List<ProducerRecord<byte[], byte[]>> repeated = new ArrayList<>();
        List<String> processed = List.of(pipeline.processed());
        try (TopicReader reader = new TopicReader(pipeline.kafka(), processed, record -> {
            if (repeated.isEmpty()) {
                repeated.add(new ProducerRecord<>(
                        record.topic(), record.partition(), null, record.key(), record.value(), record.headers()));
            }
        })) {
            reader.read(processed);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(pipeline.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(repeated.get(0)).get();
        }
        PipelineCheck.Report report = pipeline.check();
        assertThat(report.isContent()).isFalse();
        assertThat(report.differences()).anyMatch(difference -> difference.contains("once more at"));
    }

    @Test
    void anInputThatNobodyWorksOffIsTold() throws Exception {
        try (GeneratorRun run = pipeline.generate(5, 0, 0)) {
            assertThat(run.await(LivePipeline.WAIT)).isTrue();
        }
        assertThatThrownBy(() -> PipelineCheck.run(pipeline.settings(Duration.ofMillis(100)), address -> null))
                .isInstanceOf(CheckImpossible.class)
                .hasMessageContaining("has committed 0 of");
    }
}

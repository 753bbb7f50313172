package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Engine;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Traffic whose keys are not its users', through both stages, a real broker, and the checker. */
@Timeout(120)
class RekeyTest {
    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @Test
    void randomKeysAreRecognisedAndEveryUserIsRememberedInOnePlace() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "random-keys").createTopics()) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitTrouble(engine, "first records");
            try (GeneratorRun run = pipeline.generate(6, KeyChoice.RANDOM, 0.05, 0)) {
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            PipelineCheck.Report report = pipeline.check();
            assertThat(report.differences()).isEmpty();
            assertThat(report.against().agreed()).isEqualTo(LivePipeline.EVENTS);
            assertThat(engine.status().routing().choice()).isEqualTo("rekey");
            assertThat(engine.status().tally().refused().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(report.against().deadLetters());
        }
    }

    @Test
    void aRestartKeepsTheRecordedChoiceAndLosesAndRepeatsNothing() throws Exception {
        try (LivePipeline pipeline =
                new LivePipeline(BROKER.bootstrap(), "recorded-choice", "input.partitioning=rekey").createTopics()) {
            Engine first = pipeline.startEngine();
            try (GeneratorRun run = pipeline.generate(7, KeyChoice.RANDOM, 0.05, 2_000)) {
                LivePipeline.awaitJudged(first, LivePipeline.EVENTS / 3);
                first.close();
                Engine second = pipeline.startEngine("input.partitioning=auto");
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
                LivePipeline.await(
                        () -> "rekey".equals(second.status().routing().choice()));
                assertThat(second.status().routing().why()).contains("has been working with it");
            }
            pipeline.assertContent();
            Engine other = pipeline.startEngine("input.partitioning=keyed");
            LivePipeline.awaitTrouble(other, "works with rekey");
        }
    }
}

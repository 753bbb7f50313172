package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.reference.CheckReport;
import io.gatehouse.reference.CheckReport.Kind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The check that goes along with a pipeline. */
@Timeout(120)
class LiveCheckTest {
    private static final String RUN = "live";

    @TempDir
    private Path dataDir;

    private final Acknowledgements sends = new Acknowledgements();

    @Test
    void aBrokerThatGoesAwayIsNoDifferenceAndInTheEndAllIsChecked() throws Exception {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.at(LoopbackPort.free(), dataDir).start();
                LivePipeline pipeline = pipeline(broker, KeyChoice.RANDOM);
                LiveCheck check = check(pipeline, KeyChoice.RANDOM)) {
            pipeline.startEngine();
            try (GeneratorRun run = pipeline.generate(13, KeyChoice.RANDOM, 0.05, 2_000, RUN, sends)) {
                LivePipeline.await(() -> soFar(check).agreed() > 1_000);
                broker.stop();
                broker.start();
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            PipelineCheck.Report report = check.finish();
            assertThat(report.differences()).isEmpty();
            assertThat(report.against().agreed()).isEqualTo(LivePipeline.EVENTS);
            assertThat(report.against().sessions()).isPositive();
            assertThat(check.trouble()).isNull();
            assertThat(new Drain(pipeline.settings(LivePipeline.WAIT)).await(LivePipeline.WAIT))
                    .returns(true, Drain.Drained::rekeyed)
                    .returns(true, drained -> drained.took().compareTo(LivePipeline.WAIT) < 0);
            assertThat(sends.acknowledged()).isEqualTo(sends.sent()).isEqualTo(LivePipeline.EVENTS);
        }
    }

    @Test
    void whatIsWrongForGoodIsToldAtOnceAndWhatMayStillComeIsNot() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start();
                LivePipeline pipeline = pipeline(broker, KeyChoice.USER);
                LiveCheck check = check(pipeline, KeyChoice.USER)) {
            try (GeneratorRun run = pipeline.generate(14, KeyChoice.USER, 0, 0, RUN, sends)) {
                run.await(LivePipeline.WAIT);
            }
            LivePipeline.await(() -> soFar(check).inputs() == LivePipeline.EVENTS);
            assertThat(soFar(check).isContent()).isTrue();

            pipeline.startEngine(
                    LivePipeline.PLACES,
                    new TamperedTopic(pipeline.processed(), TamperedTopic.Extent.FIRST, RecordChange.doubled())
                            ::before);
            LivePipeline.await(() -> soFar(check).agreed() == LivePipeline.EVENTS);
            assertThat(soFar(check).counts()).isEqualTo(Map.of(Kind.REPEATED, 1L));
        }
    }

    private static CheckReport soFar(LiveCheck check) {
        return check.soFar().against();
    }

    private static LivePipeline pipeline(EmbeddedBroker broker, KeyChoice key) {
        String partitioning = "input.partitioning=" + (key == KeyChoice.USER ? "keyed" : "rekey");
        return new LivePipeline(broker.bootstrap(), "live", partitioning).createTopics();
    }

    private LiveCheck check(LivePipeline pipeline, KeyChoice key) {
        return new LiveCheck(
                pipeline.settings(LivePipeline.WAIT),
                LivePipeline.EXPECTED_PLACES,
                key == KeyChoice.RANDOM,
                Map.of(RUN, sends));
    }
}

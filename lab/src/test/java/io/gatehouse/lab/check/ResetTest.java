package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Engine;
import io.gatehouse.lab.generate.GeneratorRun;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code gatehouse reset} against a real broker: what it says, what it does, and what it will not do. */
@Timeout(120)
class ResetTest {
    private static final String KEYED = "input.partitioning=keyed";

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    private String out;
    private String err;

    @Test
    void fromTheBeginningEverythingIsToldAsIfForTheFirstTime() throws Exception {
        try (LivePipeline pipeline = processed("again", KEYED)) {
            assertThat(reset(pipeline, "--to", "earliest")).isZero();
            assertThat(out)
                    .contains("forgotten", "are processed again", "Nothing was changed. Add --execute to do it.");
            pipeline.assertContent();

            assertThat(reset(pipeline, "--to", "earliest", "--execute")).as(err).isZero();
            assertThat(out).contains("Done. Instances may be started.");
            startAgain(pipeline);
        }
    }

    @Test
    void aMemberThatIsAliveKeepsTheGroupFromBeingMoved() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "alive", KEYED).createTopics()) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitPartitions(engine);
            assertThat(reset(pipeline, "--to", "earliest")).isZero();
            assertThat(out).contains("The group has members", "Stop all instances first.");

            assertThat(reset(pipeline, "--to", "earliest", "--execute")).isEqualTo(1);
            assertThat(err).contains("member", "Stop all instances first", "Nothing was changed.");
            generate(pipeline);
            pipeline.assertContent();
        }
    }

    @Test
    void anOffsetMovedByAnotherToolIsRefusedAndResetMendsIt() throws Exception {
        try (LivePipeline pipeline = processed("moved", KEYED);
                Admin admin = Admin.create(pipeline.kafka())) {
            TopicPartition first = new TopicPartition(pipeline.input(), 0);
            admin.alterConsumerGroupOffsets("moved", Map.of(first, new OffsetAndMetadata(1)))
                    .all()
                    .get();
            try (Engine engine = pipeline.startEngine()) {
                LivePipeline.await(() -> engine.status().partitions().stream()
                        .anyMatch(partition -> partition.trouble() != null
                                && partition.trouble().contains("gatehouse reset")));
            }
            assertThat(reset(pipeline, "--to", "latest", "--execute")).as(err).isZero();
            assertThat(out).contains("another tool has moved the group's offset to 1");
            pipeline.startEngine();
            pipeline.assertContent();
        }
    }

    @Test
    void whatCannotBeIsSaidWithTheOption() {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "wrong", KEYED).createTopics()) {
            assertThat(reset(pipeline, "--to", "yesterday")).isEqualTo(2);
            assertThat(err).contains("--to yesterday is none of: earliest, latest");
            assertThat(reset(pipeline, "--to", "0=5")).isEqualTo(1);
            assertThat(err).contains("--to: partition 0 of wrong-user-login has no offset 5: it goes from 0 to 0");
            assertThat(reset(pipeline, "--to", "4=0")).isEqualTo(1);
            assertThat(err).contains("--to: there is no partition 4");
            assertThat(reset(pipeline)).isEqualTo(2);
            assertThat(err).contains("--to");
        }
    }

    @Test
    void bothStagesOfRekeyedInputGoBackTogether() throws Exception {
        try (LivePipeline pipeline = processed("stages", "input.partitioning=rekey")) {
            assertThat(reset(pipeline, "--to", "latest")).isZero();
            assertThat(out).contains("There is nothing to do.");
            assertThat(reset(pipeline, "--to", "earliest", "--execute")).as(err).isZero();
            assertThat(out).contains("partitioning rekey", "stages-by-user", "Done.");
            startAgain(pipeline);
        }
    }

    @Test
    void thePartitioningIsChangedWhenThatIsSaid() throws Exception {
        try (LivePipeline pipeline = processed("changed", "input.partitioning=keyed")) {
            assertThat(reset(
                            pipeline,
                            "--to",
                            "earliest",
                            "--partitioning",
                            "rekey",
                            "-D",
                            "input.partitioning=rekey",
                            "--execute"))
                    .isEqualTo(1);
            assertThat(err).contains("create the topics with 'gatehouse topics create'");
            pipeline.createTopics("input.partitioning=rekey");
            assertThat(reset(pipeline, "--to", "earliest", "--partitioning", "rekey", "--execute"))
                    .as(err)
                    .isZero();
            assertThat(out).contains("partitioning rekey, which is another one than until now");
            startAgain(pipeline, "input.partitioning=rekey");

            assertThat(reset(pipeline, "--to", "earliest", "--partitioning", "keyed", "--execute"))
                    .as(err)
                    .isZero();
            try (Engine engine = pipeline.startEngine()) {
                LivePipeline.awaitJudged(engine, LivePipeline.EVENTS * 9 / 10);
                assertThat(engine.status().routing().choice()).isEqualTo("keyed");
            }
        }
    }

    /** The checker wants each verdict and revision once: those of the life before are taken away. */
    private static void startAgain(LivePipeline pipeline, String... more) throws Exception {
        empty(pipeline, pipeline.processed());
        empty(pipeline, pipeline.deadLetters());
        empty(pipeline, pipeline.sessions());
        empty(pipeline, pipeline.statistics());
        if (pipeline.isRekeyed(more)) {
            empty(pipeline, pipeline.byUser());
        }
        try (Engine engine = pipeline.startEngine(more)) {
            LivePipeline.awaitPartitions(engine);
            pipeline.assertContent();
        }
    }

    /** A pipeline that has processed something and has stopped in order. */
    private static LivePipeline processed(String name, String partitioning) throws InterruptedException {
        LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), name, partitioning).createTopics();
        try (Engine engine = pipeline.startEngine()) {
            LivePipeline.awaitPartitions(engine);
            generate(pipeline);
            pipeline.assertContent();
        }
        return pipeline;
    }

    private static void generate(LivePipeline pipeline) throws InterruptedException {
        try (GeneratorRun run = pipeline.generate(21, 0.05, 0)) {
            assertThat(run.await(LivePipeline.WAIT)).isTrue();
        }
    }

    private static void empty(LivePipeline pipeline, String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(pipeline.kafka())) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int i = 0; i < 4; i++) {
                all.put(new TopicPartition(topic, i), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    private int reset(LivePipeline pipeline, String... more) {
        CommandRun run = pipeline.command("reset", more);
        out = run.out();
        err = run.err();
        return run.exitCode();
    }
}

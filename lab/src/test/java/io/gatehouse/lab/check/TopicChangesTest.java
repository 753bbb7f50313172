package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Engine;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.topic.NewTopics;
import io.gatehouse.lab.generate.GeneratorRun;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics that change under a pipeline's hands, on a real broker: noticed, said, and nothing guessed. */
@Timeout(120)
class TopicChangesTest {
    private static final String KEYED = "input.partitioning=keyed";

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @Test
    void partitionsAddedToTheInputStopTheWorkAndAreSaid() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "grown", KEYED).createTopics();
                Admin admin = Admin.create(pipeline.kafka())) {
            Engine engine = judging(pipeline);
            admin.createPartitions(Map.of(pipeline.input(), NewPartitions.increaseTo(6)))
                    .all()
                    .get();
            awaitSaid(engine, "has 6 partitions, but its journal", "gatehouse reset");
        }
    }

    @Test
    void anInputThatIsDeletedAndCreatedAgainStopsTheWorkAndIsSaid() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "recreated", KEYED).createTopics();
                Admin admin = Admin.create(pipeline.kafka())) {
            Engine engine = judging(pipeline);
            admin.deleteTopics(List.of(pipeline.input())).all().get();
            LivePipeline.await(() -> {
                try {
                    NewTopics.create(admin, List.of(new NewTopic(pipeline.input(), 4, (short) 1)));
                    return true;
                } catch (ExecutionException e) {
                    return false;
                }
            });
            awaitSaid(engine, "deleted and created again", "gatehouse reset");
            long judged = engine.status().tally().accepted();
            try (GeneratorRun run = pipeline.generate(32, 0, 0)) {
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            awaitSaid(engine, "since its journal was written");
            assertThat(engine.status().tally().accepted()).isEqualTo(judged);
        }
    }

    @Test
    void anotherApplicationIdIsNoticedByTheResultsThatAreThereAlready() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "named", KEYED).createTopics();
                Admin admin = Admin.create(pipeline.kafka())) {
            judging(pipeline).close();
            create(admin, "renamed-state");
            Engine renamed = pipeline.startEngine("application.id=renamed");
            awaitSaid(
                    renamed, "holds results of named-user-login already", "Set application.id back", "gatehouse reset");
        }
    }

    @Test
    void aSecondApplicationThatWritesElsewhereIsNobodysBusiness() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "one", KEYED).createTopics();
                Admin admin = Admin.create(pipeline.kafka())) {
            judging(pipeline);
            create(admin, "other-state", "other-processed");
            Engine other = pipeline.startEngine("application.id=other", "output.topic=other-processed");
            LivePipeline.awaitJudged(other, LivePipeline.EVENTS);
        }
    }

    private static void create(Admin admin, String... topics) throws Exception {
        NewTopics.create(
                admin,
                Stream.of(topics)
                        .map(topic -> new NewTopic(topic, 4, (short) 1))
                        .toList());
    }

    /** An engine that has judged something. */
    private static Engine judging(LivePipeline pipeline) throws InterruptedException {
        Engine engine = pipeline.startEngine();
        LivePipeline.awaitPartitions(engine);
        try (GeneratorRun run = pipeline.generate(31, 0, 0)) {
            assertThat(run.await(LivePipeline.WAIT)).isTrue();
        }
        LivePipeline.awaitJudged(engine, LivePipeline.EVENTS);
        return engine;
    }

    private static void awaitSaid(Engine engine, String... words) {
        LivePipeline.await(() -> Stream.concat(
                        engine.status().workers().stream().map(WorkerStatus::trouble),
                        engine.status().partitions().stream().map(PartitionStatus::trouble))
                .filter(Objects::nonNull)
                .anyMatch(said -> Stream.of(words).allMatch(said::contains)));
    }
}

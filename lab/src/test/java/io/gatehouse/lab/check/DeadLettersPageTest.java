package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page about dead letters, walked through: its commands as they stand there, one after another, in a shell. */
@Timeout(300)
class DeadLettersPageTest {
    private static final int LOGINS = 970;
    private static final int FAULTY = 30;

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageDoesWhatThePageSays() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(
                                BROKER.bootstrap(),
                                "gatehouse",
                                "input.topic=user-login",
                                "dead-letter.topic=user-login-dlq",
                                "input.partitioning=keyed")
                        .createTopics();
                FaultyProducer producer = new FaultyProducer(pipeline.kafka(), "user-login")) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitPartitions(engine);
            producer.logins(LOGINS / 2);
            producer.faulty(FAULTY);
            producer.logins(LOGINS / 2);
            producer.send("x", "hello");
            LivePipeline.await(() -> engine.status().tally().accepted() == LOGINS);
            PageShell shell = PageShell.in(directory, pipeline);

            List<String> commands = PageShell.commandsOf("dead-letters.md");
            assertThat(commands).hasSizeGreaterThan(12);
            assertThat(shell.run(commands))
                    .contains("ios 4.2.1 began to omit user_id at", "of its logins (30 letters, the last at")
                    .contains("today                          refused: missing_field user_id")
                    .contains("30   pass", "Nothing was sent. Add --execute to do it.")
                    .contains("30 sent to user-login", "30 left: replayed before", "--rename uid=user_id")
                    .contains("letters.jsonl: 30 letters");
            LivePipeline.await(() -> engine.status().tally().accepted() == LOGINS + FAULTY);
        }
    }
}

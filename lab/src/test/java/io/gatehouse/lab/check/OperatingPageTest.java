package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.lab.broker.LoopbackPort;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page about operating, as they stand there, on a pipeline that works and, from reset on, has stopped. */
@Timeout(300)
class OperatingPageTest {
    private static final int LOGINS = 2_000;

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @TempDir
    private Path directory;

    @Test
    void everyCommandOfGatehouseOnThePageEndsWell() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(
                BROKER.bootstrap(),
                "gatehouse",
                "input.topic=user-login",
                "input.partitioning=keyed",
                "topics.replication=1",
                "http.port=" + LoopbackPort.free())) {
            PageShell shell = PageShell.in(directory, pipeline);
            List<String> commands = PageShell.commandsOf("operating.md");
            int reset = first(commands, "gatehouse reset");
            int topics = first(commands, "gatehouse lag");

            StringBuilder said = new StringBuilder();
            run(commands.subList(0, topics), shell, said);
            try (Pipeline running = pipeline.startPipeline();
                    FaultyProducer producer = new FaultyProducer(pipeline.kafka(), "user-login")) {
                producer.logins(LOGINS);
                LivePipeline.await(() -> running.status().tally().accepted() == LOGINS);
                run(commands.subList(topics, reset), shell, said);
            }
            run(commands.subList(reset, commands.size()), shell, said);

            assertThat(said)
                    .contains(
                            "24 partitions",
                            "\"verdict\"",
                            "group gatehouse (stable",
                            "Nothing was changed",
                            "user-login/3/12");
        }
    }

    private static int first(List<String> commands, String beginning) {
        return commands.indexOf(commands.stream()
                .filter(command -> command.startsWith(beginning))
                .findFirst()
                .orElseThrow());
    }

    private static void run(List<String> commands, PageShell shell, StringBuilder said) throws Exception {
        for (String command : commands) {
            said.append(shell.run(command));
        }
    }
}

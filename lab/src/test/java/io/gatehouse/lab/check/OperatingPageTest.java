package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.reference.mmdb.MmdbFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page about operating, as they stand there, on a pipeline that works and has stopped from where the page says so. */
@Timeout(300)
class OperatingPageTest {
    private static final int LOGINS = 2_000;
    private static final int PARTITIONS = 24;
    private static final Pattern JOURNAL_STANDS_AT = Pattern.compile("its journal stands at (\\d+)");

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageEndsWell() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(
                BROKER.bootstrap(),
                "gatehouse",
                "input.topic=user-login",
                "input.partitioning=keyed",
                "topics.replication=1",
                "http.port=" + LoopbackPort.free())) {
            PageShell shell = PageShell.in(directory, pipeline);
            new MmdbFixture(6, 24)
                    .add("81.2.69.0/24", Map.of("country_code", "GB"))
                    .write(directory.resolve("GeoLite2-City.mmdb"));
            // Rights are tried elsewhere: they need a broker that asks for them.
            List<String> commands = new ArrayList<>(PageShell.commandsOf("operating.md"));
            commands.removeIf(command -> command.startsWith("kafka-acls.sh"));
            int lag = first(commands, "gatehouse lag");
            int offset = first(commands, "kafka-consumer-groups.sh");

            StringBuilder said = new StringBuilder(shell.run(commands.subList(0, lag)));
            try (Pipeline running = pipeline.startPipeline();
                    FaultyProducer producer = new FaultyProducer(pipeline.kafka(), "user-login")) {
                producer.logins(LOGINS);
                LivePipeline.await(() -> running.status().tally().accepted() == LOGINS);
                said.append(shell.run(commands.subList(lag, offset)));
            }
            offsetIsMovedAndPutBack(commands.get(offset), shell, pipeline);
            said.append(shell.run(commands.subList(offset + 1, commands.size())));

            assertThat(said)
                    .contains(
                            "24 partitions",
                            "\"verdict\"",
                            "group gatehouse (stable",
                            "Nothing was changed",
                            "user-login/3/12");
            assertThat(directory.resolve("places.geo")).isNotEmptyFile();
        }
    }

    /** The page's example moves the offset away from the journal; with the offset that the refusal names, it moves it back. */
    private static void offsetIsMovedAndPutBack(String command, PageShell shell, LivePipeline pipeline)
            throws Exception {
        assertThat(command).contains(":3 ", "--to-offset 12 ");
        shell.run(command);
        Matcher stands;
        try (Pipeline refusing = pipeline.startPipeline()) {
            LivePipeline.await(() -> trouble(refusing) != null);
            stands = JOURNAL_STANDS_AT.matcher(trouble(refusing));
            assertThat(stands.find()).as(trouble(refusing)).isTrue();
        }
        shell.run(command.replace("--to-offset 12 ", "--to-offset " + stands.group(1) + " "));
        try (Pipeline running = pipeline.startPipeline()) {
            LivePipeline.await(() -> running.status().partitions().size() == PARTITIONS
                    && running.status().partitions().stream().allMatch(partition -> partition.restoring() == 0));
            assertThat(trouble(running)).isNull();
        }
    }

    /** What partition 3 is held back by; null when it is not, or nobody owns it yet. */
    private static String trouble(Pipeline pipeline) {
        return pipeline.status().partitions().stream()
                .filter(partition -> partition.partition() == 3)
                .map(EngineStatus.PartitionStatus::trouble)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static int first(List<String> commands, String beginning) {
        return commands.indexOf(commands.stream()
                .filter(command -> command.startsWith(beginning))
                .findFirst()
                .orElseThrow());
    }
}

package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.reference.mmdb.MmdbFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
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
    private static final int FAULTY = 240;
    private static final int PARTITIONS = 24;
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+).*?severity: (\\w+)", Pattern.DOTALL);
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
                "dead-letter.topic=user-login-dlq",
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
                producer.faulty(FAULTY);
                LivePipeline.await(() -> running.status().tally().accepted() == LOGINS
                        && running.status().tally().refused().equals(Map.of("missing_field", (long) FAULTY)));
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
                            "user-login/3/12",
                            "ios 4.2.1 began to omit user_id at",
                            FAULTY + "   pass",
                            FAULTY + " sent to user-login");
            assertThat(directory.resolve("places.geo")).isNotEmptyFile();
        }
    }

    @Test
    void everyAlertHasItsLine() throws IOException {
        Path rules = Path.of("../deploy/prometheus/rules");
        String alerts =
                Files.readString(rules.resolve("alerts.yml")) + Files.readString(rules.resolve("event-age.yml"));
        List<String> lines = ALERT.matcher(alerts)
                .results()
                .map(OperatingPageTest::beginning)
                .toList();

        assertThat(lines).hasSizeGreaterThan(10);
        assertThat(Files.readString(Path.of("../docs/operating.md"))).contains(lines);
    }

    /** How an alert's line in the table begins: pages in bold. */
    private static String beginning(MatchResult alert) {
        String link = "[" + alert.group(1) + "](alerts.md#" + alert.group(1).toLowerCase(Locale.ROOT) + ")";
        return alert.group(2).equals("page") ? "\n| **" + link + "** |" : "\n| *" + link + "* |";
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

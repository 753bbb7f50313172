package io.gatehouse.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.engine.topic.NewTopics;
import io.gatehouse.lab.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code gatehouse topics} against a real broker; each test has an application and topics of its own. */
class TopicsCommandTest {
    private static EmbeddedBroker broker;

    private String out;
    private String err;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.temporary().start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void createMakesWhatIsMissingAndDoingItAgainChangesNothing() throws Exception {
        assertThat(topics("first", "check")).isEqualTo(1);
        assertThat(out).contains("first-in: missing", "first-state: missing");

        assertThat(topics("first", "create", "--partitions", "3")).isZero();
        assertThat(out)
                .contains(
                        "first-in: created with 3 partitions",
                        "first-out: created with 3 partitions",
                        "first-dlq: created with 3 partitions",
                        "first-sessions: created with 3 partitions",
                        "first-stats: created with 3 partitions",
                        "first-state: created with 3 partitions",
                        "first-by-user: created with 3 partitions",
                        "first-replays: created with 3 partitions");
        assertThat(setting("first-by-user", "retention.ms")).isEqualTo("604800000");
        assertThat(setting("first-in", "message.timestamp.after.max.ms")).isEqualTo("300000");
        assertThat(setting("first-in", "retention.ms")).isEqualTo("604800000");
        assertThat(setting("first-dlq", "retention.ms")).isEqualTo("1209600000");
        assertThat(setting("first-dlq", "max.message.bytes")).isEqualTo(Integer.toString(1_048_588 + 65_536));
        assertThat(setting("first-sessions", "cleanup.policy")).isEqualTo("delete");
        assertThat(setting("first-sessions", "retention.ms")).isEqualTo("2592000000");
        assertThat(setting("first-stats", "cleanup.policy")).isEqualTo("compact,delete");
        assertThat(setting("first-stats", "retention.ms")).isEqualTo("2592000000");
        assertThat(setting("first-state", "retention.ms")).isEqualTo("-1");
        assertThat(setting("first-replays", "retention.ms")).isEqualTo("-1");

        assertThat(topics("first", "create")).isZero();
        assertThat(out.lines()).hasSize(8).allMatch(line -> line.endsWith("there with 3 partitions, as it should be"));
        assertThat(topics("first", "check")).isZero();
    }

    @Test
    void anExistingInputDecidesHowManyPartitionsTheOthersGet() throws Exception {
        try (Admin admin = admin()) {
            NewTopics.create(admin, List.of(new NewTopic("second-in", 5, (short) 1)));
        }

        assertThat(topics("second", "create")).isZero();

        assertThat(out)
                .contains("second-state: created with 5 partitions")
                .contains("message.timestamp.after.max.ms is 3600000, should be at most 300000")
                .contains("--entity-name second-in --add-config message.timestamp.after.max.ms=300000");
        assertThat(topics("second", "check")).isEqualTo(1);
    }

    @Test
    void withoutMemoryOnlyTheTopicsOfResultsAreWantedAndPartitionsMayBeAdded() {
        assertThat(topics("forgetful", "create", "--partitions", "3", "-D", "profile.enabled=false"))
                .isZero();
        assertThat(out)
                .contains("forgetful-in: created", "forgetful-out: created", "forgetful-dlq: created")
                .doesNotContain("forgetful-sessions", "forgetful-stats", "forgetful-state");
        assertThat(topics("forgetful", "check", "-D", "profile.enabled=false")).isEqualTo(0);

        assertThat(topics("forgetful", "check", "--partitions", "4", "-D", "profile.enabled=false"))
                .isEqualTo(1);
        assertThat(out).contains("--alter --topic forgetful-in --partitions 4");
        assertThat(topics("forgetful", "check")).isEqualTo(1);
        assertThat(out).contains("forgetful-state: missing");
    }

    @Test
    void topicsOfPublicationsThatAreOffAreNotWanted() {
        String[] off = {"-D", "sessions.enabled=false", "-D", "stats.enabled=false"};
        assertThat(topics("quiet", "create", off[0], off[1], off[2], off[3])).isZero();
        assertThat(out)
                .contains("quiet-in: created", "quiet-state: created")
                .doesNotContain("quiet-sessions", "quiet-stats");
        assertThat(topics("quiet", "check", off)).isZero();

        assertThat(topics("quiet", "check", off[2], off[3])).isEqualTo(1);
        assertThat(out).contains("quiet-sessions: missing").doesNotContain("quiet-stats");
        assertThat(topics("quiet", "check", off[0], off[1])).isEqualTo(1);
        assertThat(out).contains("quiet-stats: missing");
    }

    @Test
    void whatIsStricterThanNeededIsNoFaultAndWhatIsLaxerIs() throws Exception {
        assertThat(topics("third", "create", "--partitions", "2")).isZero();
        alter("third-out", "retention.ms", "-1");
        alter("third-dlq", "retention.ms", "1209600001");
        assertThat(topics("third", "check")).isZero();

        alter("third-state", "retention.ms", "604800000");
        assertThat(topics("third", "check")).isEqualTo(1);
        assertThat(out)
                .contains("retention.ms is 604800000, should be -1: what is remembered must not be forgotten by age");
    }

    @Test
    void aDeadLetterTopicMustHoldTheInputsLargestRecord() throws Exception {
        assertThat(topics("fourth", "create", "--partitions", "1")).isZero();
        alter("fourth-in", "max.message.bytes", "2000000");

        assertThat(topics("fourth", "check")).isEqualTo(1);
        assertThat(out).contains("max.message.bytes is 1114124, should be at least 2065536");
    }

    @Test
    void partitionsAddedToTheInputAloneAreReported() throws Exception {
        assertThat(topics("fifth", "create", "--partitions", "2")).isZero();
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of("fifth-in", NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }

        assertThat(topics("fifth", "check")).isEqualTo(1);
        assertThat(out).contains("partitions is 2, should be 4: a partition's users are remembered");
        assertThat(topics("fifth", "check", "--partitions", "2")).isEqualTo(1);
        assertThat(out).contains("partitions is 4, should be 2, as asked for");
    }

    @Test
    void tooManyCopiesAreRefusedWithWhatToDo() {
        assertThat(topics("sixth", "create", "--replication", "3")).isEqualTo(1);
        assertThat(err).contains("could not create the topic sixth-in").contains("--replication");
    }

    @Test
    void anAbsentBrokerIsToldWithTheKeyToLookAt() {
        int exit = execute(
                "topics",
                "check",
                "-D",
                "kafka.bootstrap.servers=127.0.0.1:1",
                "-D",
                "kafka.admin.default.api.timeout.ms=1000",
                "-D",
                "kafka.admin.request.timeout.ms=500");

        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("no broker answered in time").contains("kafka.bootstrap.servers");
    }

    private int topics(String application, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("topics", command));
        arguments.addAll(List.of(
                "-D", "kafka.bootstrap.servers=" + broker.bootstrap(),
                "-D", "application.id=" + application,
                "-D", "input.topic=" + application + "-in",
                "-D", "output.topic=" + application + "-out",
                "-D", "dead-letter.topic=" + application + "-dlq",
                "-D", "topics.sessions=" + application + "-sessions",
                "-D", "topics.stats=" + application + "-stats"));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine command = Gatehouse.commandLine();
        command.setOut(new PrintWriter(outText, true));
        command.setErr(new PrintWriter(errText, true));
        int exit = command.execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return exit;
    }

    private static String setting(String topic, String name) throws Exception {
        try (Admin admin = admin()) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(name)
                    .value();
        }
    }

    private static void alter(String topic, String name, String value) throws Exception {
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }
}

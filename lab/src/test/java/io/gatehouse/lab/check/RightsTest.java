package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Engine;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.lab.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rights as the page about operating grants them, by its own commands: enough, and what lacks is named. */
@Timeout(180)
class RightsTest {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final int LOGINS = 200;
    private static final int FAULTY = 5;

    @TempDir
    private Path directory;

    private List<String> worker;
    private List<String> whereRekeyed;
    private List<String> support;
    private List<String> operator;

    @BeforeEach
    void readThePage() throws Exception {
        List<List<String>> grants = PageShell.blocksOf("operating.md").stream()
                .filter(block -> block.get(0).startsWith("kafka-acls.sh"))
                .toList();
        assertThat(grants).hasSize(4);
        worker = grants.get(0);
        whereRekeyed = grants.get(1);
        support = grants.get(2);
        operator = grants.get(3);
    }

    @Test
    void oneWorksOneReplaysAndOneLooksOn() throws Exception {
        try (EmbeddedBroker broker = broker().start();
                LivePipeline owner = as("admin", broker, "keyed").createTopics();
                LivePipeline workers = as("gatehouse", broker, "keyed");
                FaultyProducer producer = new FaultyProducer(client("admin", broker), "user-login")) {
            PageShell shell = PageShell.in(directory, owner, client("admin", broker));
            Engine engine = workers.startEngine();
            LivePipeline.awaitTrouble(engine, "not authorised");
            shell.run(worker);
            producer.logins(LOGINS);
            producer.faulty(FAULTY);
            LivePipeline.await(() -> engine.status().tally().accepted() == LOGINS);

            LivePipeline replaying = as("support", broker, "keyed");
            assertThat(replay(replaying).err()).contains("not authorised");
            shell.run(support);
            LivePipeline.await(() -> replay(replaying).exitCode() == 0);
            LivePipeline.await(() -> engine.status().tally().accepted() == LOGINS + FAULTY);

            LivePipeline looking = as("operator", broker, "keyed");
            assertThat(lag(looking).err()).contains("not authorised").contains("operating.md");
            shell.run(operator.get(0));
            assertThat(lag(looking).exitCode()).isEqualTo(1);
            shell.run(operator.get(1));
            LivePipeline.await(() -> lag(looking).exitCode() == 0);
            assertThat(lag(looking).out()).contains("group gatehouse (stable, 1 member)");
        }
    }

    @Test
    void whereTheInputIsRekeyedAWorkerNeedsMore() throws Exception {
        try (EmbeddedBroker broker = broker().start();
                LivePipeline owner = as("admin", broker, "rekey").createTopics();
                LivePipeline workers = as("gatehouse", broker, "rekey");
                FaultyProducer producer = new FaultyProducer(client("admin", broker), "user-login")) {
            PageShell shell = PageShell.in(directory, owner, client("admin", broker));
            shell.run(worker);
            producer.logins(LOGINS);
            Engine engine = workers.startEngine();
            LivePipeline.await(() -> troubles(engine).anyMatch(trouble -> trouble.contains("gatehouse-by-user")));

            shell.run(whereRekeyed);
            LivePipeline.await(() -> engine.status().tally().accepted() == LOGINS);
        }
    }

    /** Of workers and of those that stand in front of them. */
    private static Stream<String> troubles(Engine engine) {
        EngineStatus status = engine.status();
        return Stream.concat(status.workers().stream(), status.routing().workers().stream())
                .map(EngineStatus.WorkerStatus::trouble)
                .filter(Objects::nonNull);
    }

    private static CommandRun lag(LivePipeline pipeline) {
        return pipeline.command("lag", "--for", "0s");
    }

    private static CommandRun replay(LivePipeline pipeline) {
        return pipeline.command("dlq replay", "--rename", "uid=user_id", "--execute");
    }

    private static EmbeddedBroker broker() {
        String users = Stream.of("admin", "gatehouse", "support", "operator")
                .map(user -> " user_" + user + "=\"" + user + "\"")
                .reduce("", String::concat);
        return EmbeddedBroker.temporary()
                .with("listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("sasl.enabled.mechanisms", "PLAIN")
                .with("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .with(
                        "listener.name.broker.plain.sasl.jaas.config",
                        LOGIN + " username=\"admin\" password=\"admin\"" + users + ";")
                .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("super.users", "User:admin;User:ANONYMOUS");
    }

    private static LivePipeline as(String user, EmbeddedBroker broker, String partitioning) {
        return new LivePipeline(
                broker.bootstrap(),
                "gatehouse",
                Stream.concat(
                                Stream.of(
                                        "input.topic=user-login",
                                        "output.topic=processed-user-login",
                                        "dead-letter.topic=user-login-dlq",
                                        "topics.sessions=login-sessions",
                                        "topics.stats=login-stats",
                                        "input.partitioning=" + partitioning,
                                        "topics.partitions=1",
                                        "worker.threads=1"),
                                credentials(user).entrySet().stream()
                                        .map(setting -> "kafka." + setting.getKey() + "=" + setting.getValue()))
                        .toArray(String[]::new));
    }

    private static Map<String, Object> client(String user, EmbeddedBroker broker) {
        Map<String, Object> settings = new HashMap<>(credentials(user));
        settings.put("bootstrap.servers", broker.bootstrap());
        return settings;
    }

    private static Map<String, String> credentials(String user) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", LOGIN + " username=\"" + user + "\" password=\"" + user + "\";");
    }
}

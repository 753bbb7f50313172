package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.lab.broker.EmbeddedBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may only look is told the lag: with the rights that the documentation lists, and not with less. */
@Timeout(120)
class LagRightsTest {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @Test
    void describingTheGroupsAndTheirTopicsIsEnough() throws Exception {
        try (EmbeddedBroker broker = broker().start();
                LivePipeline owner = as("admin", broker).createTopics();
                LivePipeline operator = as("operator", broker)) {
            LivePipeline.awaitPartitions(owner.startEngine());
            assertThat(lag(operator).err()).contains("not authorised").contains("operating.md");

            grant(broker, ResourceType.GROUP, "watched", "watched-route");
            assertThat(lag(operator).exitCode()).isEqualTo(1);

            grant(broker, ResourceType.TOPIC, owner.input(), owner.byUser(), owner.processed());
            LivePipeline.await(() -> lag(operator).exitCode() == 0);
            assertThat(lag(operator).out()).contains("group watched (stable, 1 member)");
        }
    }

    private static CommandRun lag(LivePipeline pipeline) {
        return pipeline.command("lag", "--for", "0s");
    }

    private static EmbeddedBroker broker() {
        return EmbeddedBroker.temporary()
                .with("listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("sasl.enabled.mechanisms", "PLAIN")
                .with("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .with(
                        "listener.name.broker.plain.sasl.jaas.config",
                        LOGIN
                                + " username=\"admin\" password=\"admin\" user_admin=\"admin\" user_operator=\"operator\";")
                .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("super.users", "User:admin;User:ANONYMOUS");
    }

    private static LivePipeline as(String user, EmbeddedBroker broker) {
        return new LivePipeline(
                broker.bootstrap(),
                "watched",
                Stream.concat(
                                Stream.of("input.partitioning=keyed", "topics.partitions=1", "worker.threads=1"),
                                client(user).entrySet().stream()
                                        .map(setting -> "kafka." + setting.getKey() + "=" + setting.getValue()))
                        .toArray(String[]::new));
    }

    private static Map<String, String> client(String user) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", LOGIN + " username=\"" + user + "\" password=\"" + user + "\";");
    }

    private static void grant(EmbeddedBroker broker, ResourceType type, String... names) throws Exception {
        Map<String, Object> settings = new HashMap<>(client("admin"));
        settings.put("bootstrap.servers", broker.bootstrap());
        try (Admin admin = Admin.create(settings)) {
            List<AclBinding> describe = Stream.of(names)
                    .map(name -> new AclBinding(
                            new ResourcePattern(type, name, PatternType.LITERAL),
                            new AccessControlEntry(
                                    "User:operator", "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW)))
                    .toList();
            admin.createAcls(describe).all().get();
        }
    }
}

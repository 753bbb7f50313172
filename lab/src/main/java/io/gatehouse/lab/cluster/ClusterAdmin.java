package io.gatehouse.lab.cluster;

import io.gatehouse.lab.process.ProcessException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What a cluster is asked and told past its proxies. Everything throws {@link ProcessException} without an answer. */
final class ClusterAdmin implements AutoCloseable {
    /** A question to a broker that has been stopped is put to another one soon. */
    private static final String ASK_ANOTHER_AFTER_MS = "2000";

    private static final long ANSWER_WITHIN_S = 30;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(1);

    private final Admin admin;

    ClusterAdmin(String bootstrap) {
        this.admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrap,
                "request.timeout.ms",
                ASK_ANOTHER_AFTER_MS,
                "default.api.timeout.ms",
                Long.toString(TimeUnit.SECONDS.toMillis(ANSWER_WITHIN_S))));
    }

    /** The number of the broker that leads the controllers. */
    int controller() {
        return ask(admin -> admin.describeMetadataQuorum().quorumInfo()).leaderId();
    }

    /** The number of the broker that leads a partition. */
    int leaderOf(String topic, int partition) {
        Node leader =
                describe(Set.of(topic)).get(topic).partitions().get(partition).leader();
        if (leader == null) {
            throw new ProcessException("partition " + topic + "-" + partition + " has no leader");
        }
        return leader.id();
    }

    int partitionsOf(String topic) {
        return describe(Set.of(topic)).get(topic).partitions().size();
    }

    /** Whether every replica of every partition, of Kafka's own topics too, is in sync. */
    boolean isInSync() {
        Set<String> topics = ask(admin ->
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        return describe(topics).values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition ->
                        partition.isr().size() == partition.replicas().size());
    }

    private Map<String, TopicDescription> describe(Collection<String> topics) {
        return ask(admin -> admin.describeTopics(topics).allTopicNames());
    }

    /** Gives a user the right to everything. */
    void grantAll(String user) {
        List<AclBinding> everything = Stream.of(
                        new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                        new ResourcePattern(ResourceType.GROUP, "*", PatternType.LITERAL),
                        new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "*", PatternType.LITERAL),
                        new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL))
                .map(resource -> binding(user, resource, AclPermissionType.ALLOW))
                .toList();
        ask(admin -> admin.createAcls(everything).all());
    }

    /** Denies a user everything about a topic, whatever else allows it. */
    void deny(String user, String topic) {
        ask(admin -> admin.createAcls(List.of(denial(user, topic))).all());
    }

    /** Takes the denial back. */
    void denyNoMore(String user, String topic) {
        ask(admin -> admin.deleteAcls(List.of(denial(user, topic).toFilter())).all());
    }

    private static AclBinding denial(String user, String topic) {
        return binding(
                user, new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), AclPermissionType.DENY);
    }

    private static AclBinding binding(String user, ResourcePattern resource, AclPermissionType permission) {
        return new AclBinding(resource, new AccessControlEntry("User:" + user, "*", AclOperation.ALL, permission));
    }

    private <T> T ask(Function<Admin, Future<T>> question) {
        try {
            return question.apply(admin).get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ProcessException("the cluster refuses to answer: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new ProcessException("the cluster does not answer within " + ANSWER_WITHIN_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted while the cluster was asked", e);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSED_WITHIN);
    }
}

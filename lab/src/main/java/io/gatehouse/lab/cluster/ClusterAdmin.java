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
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What a cluster is asked and told past its proxies. Everything throws {@link ProcessException} without an answer. */
final class ClusterAdmin implements AutoCloseable {
    /** A client that waits for a broker that has been stopped is replaced after this time. */
    private static final String CLIENT_WAITS_MS = "1500";

    private static final long ANSWER_WITHIN_NS = TimeUnit.SECONDS.toNanos(30);

    private final Map<String, Object> settings;
    private Admin admin;

    ClusterAdmin(String bootstrap) {
        settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "request.timeout.ms",
                CLIENT_WAITS_MS,
                "default.api.timeout.ms",
                CLIENT_WAITS_MS);
        admin = Admin.create(settings);
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

    /** A client that has chosen a stopped broker may stay with it for minutes; a new one chooses anew. */
    private synchronized <T> T ask(Function<Admin, Future<T>> question) {
        long untilNs = System.nanoTime() + ANSWER_WITHIN_NS;
        while (true) {
            try {
                return question.apply(admin).get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                boolean isUnanswered = cause instanceof TimeoutException || cause instanceof DisconnectException;
                if (!isUnanswered || System.nanoTime() - untilNs > 0) {
                    throw new ProcessException("the cluster does not answer: " + cause, cause);
                }
                close();
                admin = Admin.create(settings);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProcessException("interrupted while the cluster was asked", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        admin.close(Duration.ZERO);
    }
}

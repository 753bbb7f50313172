package io.gatehouse.engine.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The few questions that are asked of a cluster here, and its refusals in words that say what to do. */
final class Cluster {
    private final Admin admin;

    Cluster(Admin admin) {
        this.admin = admin;
    }

    int brokers() {
        return get("list the brokers", admin.describeCluster().nodes()).size();
    }

    /** Those of the topics that exist, as far as the brokers that are asked have heard of them. */
    Map<String, ActualTopic> topics(Collection<String> names) {
        Map<String, TopicDescription> descriptions = new LinkedHashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, description) -> existing(
                        "describe the topic " + name, description)
                .ifPresent(found -> descriptions.put(name, found)));
        List<ConfigResource> resources = descriptions.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, ActualTopic> topics = new LinkedHashMap<>();
        // Another broker may be asked than before, who has not heard yet of a topic that was just made.
        admin.describeConfigs(resources).values().forEach((resource, config) -> existing(
                        "read the settings of topics", config)
                .ifPresent(found -> topics.put(resource.name(), actual(descriptions.get(resource.name()), found))));
        return topics;
    }

    private static ActualTopic actual(TopicDescription description, Config config) {
        return new ActualTopic(
                description.partitions().size(),
                description.partitions().get(0).replicas().size(),
                values(config));
    }

    /** Whether the topic was made; false when somebody else just made it. */
    boolean create(NewTopic topic) {
        try {
            NewTopics.create(admin, List.of(topic));
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failure("create the topic " + topic.name(), e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A broker's or group's settings; empty when this client may not see them, or the broker does not know them. */
    Map<String, String> settings(ConfigResource resource) {
        try {
            return values(admin.describeConfigs(List.of(resource)).all().get().get(resource));
        } catch (ExecutionException e) {
            return Map.of();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The number of any one broker. */
    String someBroker() {
        return get("list the brokers", admin.describeCluster().nodes())
                .iterator()
                .next()
                .idString();
    }

    private static <T> Optional<T> existing(String what, KafkaFuture<T> answer) {
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure(what, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    private static <T> T get(String what, KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failure(what, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static TopicFailureException failure(String what, Throwable cause) {
        return new TopicFailureException("could not " + what + ": " + advice(cause), cause);
    }

    private static String advice(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "no broker answered in time. Is kafka.bootstrap.servers right, and are the brokers running?";
        }
        if (cause instanceof AuthenticationException) {
            return "the brokers do not accept these credentials (" + cause.getMessage()
                    + "). See kafka.security.protocol and kafka.sasl.*";
        }
        if (cause instanceof AuthorizationException) {
            return "not authorised. This needs the rights Describe, DescribeConfigs and, to create, Create on the topics ("
                    + cause.getMessage() + ")";
        }
        if (cause instanceof InvalidReplicationFactorException) {
            return "there are fewer brokers than copies asked for. Start more brokers, or use a smaller --replication ("
                    + cause.getMessage() + ")";
        }
        if (cause instanceof PolicyViolationException) {
            return "the cluster's policy forbids it: " + cause.getMessage();
        }
        return cause.toString();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for the cluster", e);
    }
}

package io.gatehouse.engine.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

/** How soon the cluster gives a dead instance's partitions to others, and how that could be sooner. */
public final class TakeoverAdvice {
    /** What the classic protocol's clients ask for, and about what a dead instance's transaction takes to end. */
    private static final long SOON_MS = 10_000;

    private static final String SESSION_TIMEOUT = "group.consumer.session.timeout.ms";
    private static final String MIN_SESSION_TIMEOUT = "group.consumer.min.session.timeout.ms";
    private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

    private TakeoverAdvice() {}

    /**
     * @param group the consumer group's name
     * @param groupProtocol the consumer setting {@code group.protocol}
     * @param transactionTimeoutMs the producer setting {@code transaction.timeout.ms}
     * @return sentences; empty when nothing stands in the way
     * @throws TopicFailureException when no broker can be asked
     */
    public static List<String> of(Admin admin, String group, String groupProtocol, long transactionTimeoutMs) {
        Cluster cluster = new Cluster(admin);
        Map<String, String> broker =
                cluster.settings(new ConfigResource(ConfigResource.Type.BROKER, cluster.someBroker()));
        if (broker.isEmpty()) {
            return List.of(
                    "the brokers' settings could not be read (it needs DescribeConfigs on the cluster): see whether "
                            + SESSION_TIMEOUT + " is at most " + SOON_MS);
        }
        List<String> advice = new ArrayList<>();
        if (groupProtocol.equalsIgnoreCase("consumer")) {
            sessionTimeout(cluster, group, broker).ifPresent(advice::add);
        }
        number(broker, MAX_TRANSACTION_TIMEOUT)
                .filter(most -> most < transactionTimeoutMs)
                .ifPresent(most -> advice.add("the brokers allow transactions of at most " + most + " ms ("
                        + MAX_TRANSACTION_TIMEOUT + "): lower kafka.producer.transaction.timeout.ms to that"));
        return advice;
    }

    private static Optional<String> sessionTimeout(Cluster cluster, String group, Map<String, String> broker) {
        Map<String, String> ofGroup = cluster.settings(new ConfigResource(ConfigResource.Type.GROUP, group));
        return number(ofGroup, "consumer.session.timeout.ms")
                .or(() -> number(broker, SESSION_TIMEOUT))
                .filter(timeoutMs -> timeoutMs > SOON_MS)
                .map(timeoutMs -> "a dead instance's partitions stand still for " + timeoutMs
                        + " ms before another takes over. To make it " + SOON_MS + ", set " + MIN_SESSION_TIMEOUT + "="
                        + SOON_MS + " and " + SESSION_TIMEOUT + "=" + SOON_MS
                        + " on the brokers, or use kafka.consumer.group.protocol=classic here");
    }

    private static Optional<Long> number(Map<String, String> settings, String name) {
        return Optional.ofNullable(settings.get(name)).map(Long::valueOf);
    }
}

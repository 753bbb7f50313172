package io.gatehouse.lab.generate;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.engine.topic.NewTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic that is generated into: found, or made. */
final class InputTopic {
    private static final int TIMEOUT_MS = 15_000;
    private static final long RETENTION_MS = TimeUnit.DAYS.toMillis(7);
    private static final long MOST_AHEAD_MS = TimeUnit.MINUTES.toMillis(5);

    private InputTopic() {}

    /**
     * Makes sure that the topic exists.
     *
     * @param partitions how many it must have, also when it exists; null when any will do
     * @param partitionsOfNew how many it gets when it is made and {@code partitions} is null
     * @return its partition count
     * @throws CommandFailure when it has another partition count, or Kafka cannot be asked
     */
    static int ensure(Map<String, Object> kafka, String topic, Integer partitions, int partitionsOfNew) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 3);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        try (Admin admin = Admin.create(settings)) {
            int found = partitions(admin, topic);
            if (found == 0) {
                int wanted = partitions == null ? partitionsOfNew : partitions;
                create(admin, topic, wanted);
                return wanted;
            }
            if (partitions != null && found != partitions) {
                throw new CommandFailure("topic " + topic + " exists with " + found + " partitions, not " + partitions
                        + ": leave out --partitions, or use another --topic.");
            }
            return found;
        } catch (KafkaException e) {
            throw new CommandFailure(
                    "Kafka at " + kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + " cannot be used: "
                            + e.getMessage() + ". Is a broker running there? Choose another one with --bootstrap.",
                    e);
        }
    }

    private static int partitions(Admin admin, String topic) {
        try {
            return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                    .partitions()
                    .size();
        } catch (UnknownTopicOrPartitionException missing) {
            return 0;
        }
    }

    private static void create(Admin admin, String topic, int partitions) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION_MS),
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(MOST_AHEAD_MS)));
        try {
            NewTopics.create(admin, List.of(wanted));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw known(e);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw known(e);
        } catch (TimeoutException e) {
            throw new KafkaException("no answer", e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static KafkaException known(ExecutionException e) {
        return e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }

    private static KafkaException interrupted() {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted");
    }
}

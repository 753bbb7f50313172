package io.gatehouse.lab.corpus;

import io.gatehouse.engine.topic.NewTopics;
import io.gatehouse.lab.process.ProcessException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that the corpus is sent to: one that takes any timestamp, and one that takes none far ahead. */
final class CorpusTopics implements AutoCloseable {
    private static final long ANSWER_WITHIN_S = 30;
    private static final String UNLIMITED = Long.toString(Long.MAX_VALUE);

    private final Admin admin;

    CorpusTopics(Map<String, Object> kafka) {
        admin = Admin.create(kafka);
    }

    /** @throws ProcessException when they cannot be made */
    void create(String tolerant, String strict, int partitions) {
        String largest = Integer.toString(KafkaOddities.MAX_MESSAGE_BYTES);
        // Records of the far past are not to be deleted before they are judged; and timestamps that jump back and forth
        // would begin a new segment each time.
        NewTopic one = new NewTopic(tolerant, Optional.of(partitions), Optional.empty())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG, "-1",
                        TopicConfig.SEGMENT_MS_CONFIG, UNLIMITED,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, largest,
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, UNLIMITED));
        NewTopic other = new NewTopic(strict, Optional.of(1), Optional.empty())
                .configs(Map.of(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        largest,
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        Long.toString(KafkaOddities.MOST_AHEAD.toMillis())));
        try {
            NewTopics.create(admin, List.of(one, other));
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** All topics but Kafka's own. */
    Set<String> names() {
        return new TreeSet<>(get(admin.listTopics().names()));
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ProcessException failure(Exception e) {
        return new ProcessException("the corpus's topics cannot be made or listed: " + e.getMessage(), e);
    }

    private static ProcessException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ProcessException("interrupted", e);
    }

    @Override
    public void close() {
        admin.close();
    }
}

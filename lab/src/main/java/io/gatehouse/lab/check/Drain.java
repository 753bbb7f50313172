package io.gatehouse.lab.check;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits until a pipeline has nothing left to do, seen from outside: by its group's offsets and its topics' ends. */
public final class Drain {
    private static final long LOOK_EVERY_NS = 200_000_000;
    private static final long ANSWER_WITHIN_S = 30;

    private final CheckSettings settings;

    /**
     * A pipeline that had nothing left to do.
     *
     * @param rekeyed whether its input is
     * @param took how long that was waited for
     */
    public record Drained(boolean rekeyed, Duration took) {}

    public Drain(CheckSettings settings) {
        this.settings = settings;
    }

    /**
     * Waits until no partition that is read has lag, and no transaction is open in those that results are written to.
     *
     * @throws CheckImpossible when the pipeline does not get there in time; says what is left
     */
    public Drained await(Duration longest) {
        long begunNs = System.nanoTime();
        try (Admin admin = Admin.create(settings.kafka())) {
            String left = leftAsFarAsKnown(admin);
            while (left != null) {
                if (System.nanoTime() - begunNs > longest.toNanos()) {
                    throw new CheckImpossible("after " + longest.toSeconds() + " s the pipeline is not done: " + left);
                }
                LockSupport.parkNanos(LOOK_EVERY_NS);
                left = leftAsFarAsKnown(admin);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begunNs);
            return new Drained(isRekeyed(admin), took);
        } catch (KafkaException e) {
            throw new CheckImpossible("Kafka cannot be asked: " + e.getMessage(), e);
        }
    }

    /** Brokers that come back do not answer at once. */
    private String leftAsFarAsKnown(Admin admin) {
        try {
            return left(admin);
        } catch (KafkaException e) {
            return "Kafka cannot be asked: " + e.getMessage();
        }
    }

    /** What is left to do, in words; null when nothing is. */
    private String left(Admin admin) {
        String left;
        if (isRekeyed(admin)) {
            left = left(admin, settings.routingGroup(), settings.input());
            if (left == null) {
                left = left(admin, settings.applicationId(), settings.byUser());
            }
        } else {
            left = left(admin, settings.applicationId(), settings.input());
        }
        return left == null ? openTransaction(admin) : left;
    }

    /** Offsets of the input are committed by the group that routes, where there is one. */
    private boolean isRekeyed(Admin admin) {
        return committed(admin, settings.routingGroup()).keySet().stream()
                .anyMatch(partition -> partition.topic().equals(settings.input()));
    }

    private String left(Admin admin, String group, String topic) {
        Map<TopicPartition, Long> ends = offsets(admin, partitions(admin, topic), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group);
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata reached = committed.get(end.getKey());
            long offset = reached == null ? 0 : reached.offset();
            if (offset < end.getValue() && hasRecords(end.getKey(), offset, end.getValue())) {
                return "group " + group + " has committed " + offset + " of " + end.getValue() + " in " + end.getKey();
            }
        }
        return null;
    }

    /** Behind the last record there may be marks of transactions' ends, which nobody commits. */
    private boolean hasRecords(TopicPartition partition, long from, long to) {
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(partition.topic()), record -> {})) {
            return reader.hasRecords(partition, from, to);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group) {
        return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private String openTransaction(Admin admin) {
        Collection<TopicPartition> outputs = settings.outputs().stream()
                .flatMap(topic -> partitions(admin, topic).stream())
                .toList();
        Map<TopicPartition, Long> stable = offsets(admin, outputs, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> ends = offsets(admin, outputs, IsolationLevel.READ_UNCOMMITTED);
        return outputs.stream()
                .filter(partition -> stable.get(partition) < ends.get(partition))
                .findFirst()
                .map(partition -> "a transaction is open in " + partition)
                .orElse(null);
    }

    private static List<TopicPartition> partitions(Admin admin, String topic) {
        try {
            TopicDescription description = answer(
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
            return description.partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        } catch (UnknownTopicOrPartitionException e) {
            throw new CheckImpossible("there is no topic " + topic, e);
        }
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return answer(admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static <T> T answer(KafkaFuture<T> question) {
        try {
            return question.get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer within " + ANSWER_WITHIN_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}

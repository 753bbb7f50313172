package io.gatehouse.engine.lag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What has to be asked to know a lag, for which Describe on groups and topics is enough. Each question waits for its answer,
 * for {@code kafka.admin.default.api.timeout.ms} at most, and throws Kafka's own exception when there is none.
 */
record LagQuestions(Admin admin) {
    GroupView group(String id) {
        KafkaFuture<ConsumerGroupDescription> answer =
                admin.describeConsumerGroups(List.of(id)).describedGroups().get(id);
        try {
            ConsumerGroupDescription group = get(answer);
            return new GroupView(
                    id,
                    group.groupState().toString().toLowerCase(Locale.ROOT),
                    group.members().stream().map(LagQuestions::member).toList());
        } catch (GroupIdNotFoundException e) {
            return new GroupView(id, "none", List.of());
        }
    }

    private static GroupMember member(MemberDescription member) {
        return new GroupMember(
                member.clientId(),
                member.host(),
                List.copyOf(member.assignment().topicPartitions()));
    }

    /** A topic's partitions; none when there is no such topic. */
    List<TopicPartition> partitions(String topic) {
        try {
            int count = get(admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .get(topic))
                    .partitions()
                    .size();
            return IntStream.range(0, count)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
        } catch (UnknownTopicOrPartitionException e) {
            return List.of();
        }
    }

    /** The topics in which a group has committed an offset. */
    Set<String> committedTopics(String group) {
        return committed(group, null).entrySet().stream()
                .filter(offset -> offset.getValue() != null)
                .map(offset -> offset.getKey().topic())
                .collect(Collectors.toSet());
    }

    /** Where the partitions and the group in them stand; without those that could not be told, unless none could. */
    Map<TopicPartition, Offsets> offsets(String group, Collection<TopicPartition> partitions) {
        var stableEnds = ends(partitions, IsolationLevel.READ_COMMITTED);
        var ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group, partitions);
        return told(partitions, partition -> {
            OffsetAndMetadata found = committed.get(partition);
            return new Offsets(
                    found == null ? Sample.NOTHING : found.offset(),
                    get(stableEnds.partitionResult(partition)).offset(),
                    get(ends.partitionResult(partition)).offset());
        });
    }

    /** Where the partitions of a topic end, whoever reads it. */
    Map<TopicPartition, Offsets> offsets(Collection<TopicPartition> partitions) {
        var stableEnds = ends(partitions, IsolationLevel.READ_COMMITTED);
        var ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        return told(
                partitions,
                partition -> new Offsets(
                        Sample.NOTHING,
                        get(stableEnds.partitionResult(partition)).offset(),
                        get(ends.partitionResult(partition)).offset()));
    }

    /** A partition without a leader must not keep the others from being told. */
    private static Map<TopicPartition, Offsets> told(
            Collection<TopicPartition> partitions, Function<TopicPartition, Offsets> question) {
        Map<TopicPartition, Offsets> told = new HashMap<>();
        List<KafkaException> failures = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            try {
                told.put(partition, question.apply(partition));
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                failures.add(e);
            }
        }
        if (told.isEmpty() && !failures.isEmpty()) {
            throw failures.get(0);
        }
        return told;
    }

    private ListOffsetsResult ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation));
    }

    /** @param partitions null for all in which the group has an offset */
    private Map<TopicPartition, OffsetAndMetadata> committed(String group, Collection<TopicPartition> partitions) {
        var question = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
        try {
            return get(admin.listConsumerGroupOffsets(Map.of(group, question)).partitionsToOffsetAndMetadata(group));
        } catch (GroupIdNotFoundException e) {
            return Map.of();
        }
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

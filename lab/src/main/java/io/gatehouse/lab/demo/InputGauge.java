package io.gatehouse.lab.demo;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far the input topic reaches, and how far it has been worked on: asked of Kafka, so that it holds whoever sends. */
final class InputGauge {
    private final Admin admin;
    private final List<String> groups;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> earliest;
    private final long endAtStart;

    /** @param partitions how many the input topic has */
    InputGauge(Admin admin, EngineSettings settings, int partitions) {
        this.admin = admin;
        this.groups = List.of(settings.applicationId(), settings.routingGroup());
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(settings.topics().input(), partition))
                .toList();
        this.earliest = offsets(OffsetSpec.earliest());
        this.endAtStart = sum(offsets(OffsetSpec.latest()));
    }

    /**
     * @param arrived events that came in since this gauge was made
     * @param waiting events that are neither committed nor, by a partition's owner, judged
     */
    record Reading(long arrived, long waiting) {}

    /** @param status what is known beyond the last commits; null for nothing */
    Reading read(EngineStatus status) {
        Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
        Map<TopicPartition, Long> done = new HashMap<>(earliest);
        committed().forEach((partition, offset) -> done.merge(partition, offset, Math::max));
        long behindRouting = 0;
        if (status != null) {
            boolean rekeyed = !status.routing().workers().isEmpty();
            for (PartitionStatus owner : rekeyed ? status.routing().partitions() : status.partitions()) {
                done.merge(partitions.get(owner.partition()), owner.position(), Math::max);
            }
            behindRouting = !rekeyed
                    ? 0
                    : status.partitions().stream()
                            .mapToLong(partition -> Math.max(0, partition.lag()))
                            .sum();
        }
        long waiting = partitions.stream()
                .mapToLong(partition -> Math.max(0, ends.get(partition) - done.get(partition)))
                .sum();
        return new Reading(sum(ends) - endAtStart, waiting + behindRouting);
    }

    /** How many events the input topic holds, those from before this gauge was made among them. */
    long kept() {
        return sum(offsets(OffsetSpec.latest())) - sum(earliest);
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer :
                get(admin.listOffsets(wanted).all()).entrySet()) {
            offsets.put(answer.getKey(), answer.getValue().offset());
        }
        return offsets;
    }

    private Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        // The input is one group's or the other's, by the partitioning.
        groups.forEach(group ->
                committed.putAll(get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())));
        partitions.stream()
                .filter(partition -> committed.get(partition) != null)
                .forEach(partition ->
                        offsets.put(partition, committed.get(partition).offset()));
        return offsets;
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new CommandFailure("the demo's broker does not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the demo's broker", e);
        }
    }
}

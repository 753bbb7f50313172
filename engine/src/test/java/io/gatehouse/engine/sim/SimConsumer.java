package io.gatehouse.engine.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * A consumer that reads committed records: a member of the group, or a reader of partitions that it chose.
 *
 * @param <V> what it gives values as
 */
final class SimConsumer<V> {
    private static final int MOST_RECORDS = 12;

    private final SimKafka kafka;
    private final Set<TopicPartition> assignment = new HashSet<>();
    /** Given up a moment ago, and still told of: the real consumer's own thread takes them away, sooner or later. */
    private final Set<TopicPartition> leaving = new HashSet<>();

    private final Set<TopicPartition> paused = new HashSet<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final boolean dirty;
    private final Function<byte[], V> values;
    private ConsumerRebalanceListener listener;
    private String topic;
    private SimGroup group;
    private SimGroup.Member member;
    private ConsumerGroupMetadata metadata = membership("", -1, "");

    /** @param values makes what is given of a value's bytes, null included */
    SimConsumer(SimKafka kafka, boolean dirty, Function<byte[], V> values) {
        this.kafka = kafka;
        this.dirty = dirty;
        this.values = values;
    }

    public void subscribe(Collection<String> topics, ConsumerRebalanceListener rebalances) {
        listener = rebalances;
        topic = topics.iterator().next();
        group = kafka.group(topic);
    }

    public void assign(Collection<TopicPartition> partitions) {
        assignment.clear();
        assignment.addAll(partitions);
        positions.keySet().retainAll(assignment);
    }

    public Set<TopicPartition> assignment() {
        Set<TopicPartition> told = new HashSet<>(assignment);
        told.addAll(leaving);
        return told;
    }

    public void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(this::mustBeAssigned);
        paused.addAll(partitions);
    }

    public void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(this::mustBeAssigned);
        paused.removeAll(partitions);
    }

    public void seek(TopicPartition partition, long offset) {
        mustBeAssigned(partition);
        positions.put(partition, offset);
    }

    private void mustBeAssigned(TopicPartition partition) {
        if (!assignment.contains(partition)) {
            throw new IllegalStateException("No current assignment for partition " + partition);
        }
    }

    public long position(TopicPartition partition) {
        return positions.get(partition);
    }

    public OptionalLong currentLag(TopicPartition partition) {
        return OptionalLong.empty();
    }

    public ConsumerGroupMetadata groupMetadata() {
        return metadata;
    }

    public ConsumerRecords<byte[], V> poll(Duration timeout) {
        kafka.pass(1);
        leaving.clear();
        if (listener != null) {
            reconcile();
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], V>>> found = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (TopicPartition partition : assignment) {
            if (!paused.contains(partition) && kafka.random.nextInt(4) > 0) {
                List<ConsumerRecord<byte[], V>> records = read(partition);
                if (!records.isEmpty()) {
                    found.put(partition, records);
                }
                // As the real one: also where only markers were passed over, and where nothing was.
                next.put(partition, new OffsetAndMetadata(positions.get(partition)));
            }
        }
        return new ConsumerRecords<>(found, next);
    }

    /** What a heartbeat brings: expulsion, partitions to give up, partitions to take. */
    private void reconcile() {
        if (member != null && member.expelled) {
            member = null;
            if (!assignment.isEmpty()) {
                List<TopicPartition> lost = new ArrayList<>(assignment);
                kafka.witness("partitions lost");
                listener.onPartitionsLost(lost);
                forget(lost);
            }
        }
        if (member == null) {
            member = group.join(kafka.wallMs());
        }
        member.lastHeardMs = kafka.wallMs();
        Set<TopicPartition> surplus = group.toRevoke(member);
        if (!surplus.isEmpty()) {
            kafka.witness("partitions revoked");
            listener.onPartitionsRevoked(surplus);
            forget(surplus);
            member.owned.removeAll(surplus);
        }
        remember();
        Set<TopicPartition> fresh = group.toAssign(member);
        if (!fresh.isEmpty() && !member.expelled) {
            member.owned.addAll(fresh);
            assignment.addAll(fresh);
            listener.onPartitionsAssigned(fresh);
        }
    }

    private void remember() {
        metadata = membership(topic, member.epoch, member.id);
    }

    @SuppressWarnings("removal") // Kafka means its users to get it from a consumer; this is the consumer
    private static ConsumerGroupMetadata membership(String group, int epoch, String memberId) {
        return new ConsumerGroupMetadata(group, epoch, memberId, Optional.empty());
    }

    private void forget(Collection<TopicPartition> partitions) {
        assignment.removeAll(partitions);
        leaving.addAll(partitions);
        paused.removeAll(partitions);
        positions.keySet().removeAll(partitions);
    }

    private List<ConsumerRecord<byte[], V>> read(TopicPartition partition) {
        SimLog log = kafka.log(partition);
        long position = Math.max(positions.get(partition), log.startOffset());
        long bound = dirty && kafka.flaws.dirtyReads() ? log.endOffset() : log.lastStableOffset();
        int most = 1 + kafka.random.nextInt(MOST_RECORDS);
        List<ConsumerRecord<byte[], V>> records = new ArrayList<>();
        while (position < bound && records.size() < most) {
            SimLog.Entry entry = log.at(position);
            if (log.isVisible(position) || (dirty && kafka.flaws.dirtyReads() && !entry.marker())) {
                records.add(record(partition, position, entry, values.apply(entry.value())));
            }
            position++;
        }
        positions.put(partition, position);
        return records;
    }

    static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, SimLog.Entry entry) {
        return record(partition, offset, entry, entry.value());
    }

    private static <V> ConsumerRecord<byte[], V> record(
            TopicPartition partition, long offset, SimLog.Entry entry, V value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                entry.timestampMs(),
                TimestampType.CREATE_TIME,
                0,
                0,
                entry.key(),
                value,
                entry.headers(),
                Optional.empty());
    }

    public void close(CloseOptions options) {
        if (member != null && !member.expelled) {
            if (!assignment.isEmpty()) {
                listener.onPartitionsRevoked(new ArrayList<>(assignment));
            }
            group.leave(member);
        }
        assignment.clear();
    }
}

package io.gatehouse.engine.statistics;

import io.gatehouse.engine.cluster.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads the topic of statistics once: what is recent first, then what is older, a little at a time beside following what
 * comes. A topic may hold a month; most of what is asked for was written in the last hour.
 */
final class StatisticsReading implements AutoCloseable {
    /** Bounds each call that waits for Kafka. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final String topic;
    private final Duration recent;
    private final StatisticsReceiver receiver;
    private final Consumer<byte[], byte[]> following;
    /** Where what is recent ended when reading began; empty once that has been taken. */
    private final Map<TopicPartition, Long> recentEnds = new HashMap<>();
    /** Where what is older ends, of partitions that have any; empty once that has been taken. */
    private final Map<TopicPartition, Long> olderEnds = new HashMap<>();
    /** Null but while what is older is read. */
    private Consumer<byte[], byte[]> older;

    StatisticsReading(KafkaClients clients, String topic, Duration recent, StatisticsReceiver receiver) {
        this.clients = clients;
        this.topic = topic;
        this.recent = recent;
        this.receiver = receiver;
        this.following = clients.statisticsConsumer();
    }

    /** Finds out what there is. */
    void begin(long nowMs) {
        receiver.begin();
        List<TopicPartition> partitions = partitions();
        following.assign(partitions);
        Map<TopicPartition, Long> starts = following.beginningOffsets(partitions, ANSWER_WITHIN);
        Map<TopicPartition, Long> ends = following.endOffsets(partitions, ANSWER_WITHIN);
        Map<TopicPartition, Long> since = new HashMap<>();
        partitions.forEach(partition -> since.put(partition, nowMs - recent.toMillis()));
        Map<TopicPartition, OffsetAndTimestamp> found = following.offsetsForTimes(since, ANSWER_WITHIN);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            // What is open at the end is taken when it is committed: it lies behind.
            long from = first == null ? ends.get(partition) : Math.min(first.offset(), ends.get(partition));
            following.seek(partition, from);
            if (from < ends.get(partition)) {
                recentEnds.put(partition, ends.get(partition));
            }
            if (starts.get(partition) < from) {
                olderEnds.put(partition, from);
            }
        }
        if (recentEnds.isEmpty()) {
            recentTaken();
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        following
                .partitionsFor(topic, ANSWER_WITHIN)
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return partitions;
    }

    /** Does a bounded amount of work; waits a little when there is none. */
    void turn() {
        for (ConsumerRecord<byte[], byte[]> record : following.poll(WAIT)) {
            receiver.take(record);
        }
        if (!recentEnds.isEmpty()) {
            recentEnds.entrySet().removeIf(end -> following.position(end.getKey()) >= end.getValue());
            if (recentEnds.isEmpty()) {
                recentTaken();
            }
        } else if (older != null) {
            takeOlder();
        }
    }

    private void recentTaken() {
        receiver.recentTaken();
        if (olderEnds.isEmpty()) {
            receiver.allTaken();
        } else {
            older = clients.statisticsConsumer();
            older.assign(olderEnds.keySet());
            older.seekToBeginning(olderEnds.keySet());
        }
    }

    private void takeOlder() {
        for (ConsumerRecord<byte[], byte[]> record : older.poll(Duration.ZERO)) {
            Long end = olderEnds.get(new TopicPartition(record.topic(), record.partition()));
            if (end != null && record.offset() < end) {
                receiver.take(record);
            }
        }
        for (TopicPartition partition : List.copyOf(olderEnds.keySet())) {
            if (older.position(partition, ANSWER_WITHIN) >= olderEnds.get(partition)) {
                olderEnds.remove(partition);
                older.pause(List.of(partition));
            }
        }
        if (olderEnds.isEmpty()) {
            closeOlder();
            receiver.allTaken();
        }
    }

    private void closeOlder() {
        if (older != null) {
            older.close(CloseOptions.timeout(LONGEST_CLOSE));
            older = null;
        }
    }

    @Override
    public void close() {
        try {
            closeOlder();
        } finally {
            following.close(CloseOptions.timeout(LONGEST_CLOSE));
        }
    }
}

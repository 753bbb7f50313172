package io.gatehouse.engine.replay;

import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.lookup.LogReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic of replays, read from its beginning: all that has ever been replayed, whoever did it and whatever the filter. */
public final class ReplayLog {
    private final Map<Integer, OffsetSet> replayed = new HashMap<>();
    private final String topicId;

    private ReplayLog(String topicId) {
        this.topicId = topicId;
    }

    /** The id as the records name it. */
    static String id(Cluster.Topic topic) {
        return new Uuid(topic.idHigh(), topic.idLow()).toString();
    }

    /**
     * What has been replayed of the dead-letter topic as it is now, in transactions that are committed; nothing where
     * there is no topic of replays. A replay that is at work may add to it.
     *
     * @throws io.gatehouse.engine.worker.Refusal when a record cannot be read
     */
    public static ReplayLog committed(LogReader log, String replays, Cluster.Topic deadLetters) {
        ReplayLog read = new ReplayLog(id(deadLetters));
        try {
            records(log, replays, log::stableEnd, read::take);
        } catch (UnknownTopicOrPartitionException e) {
            // Before the first replay there need be none.
        }
        return read;
    }

    /** The same, and the reading waits for transactions that are being ended: what begins after it adds to no other. */
    static ReplayLog whole(LogReader log, String replays, Cluster.Topic deadLetters) {
        ReplayLog read = new ReplayLog(id(deadLetters));
        records(log, replays, log::end, read::take);
        return read;
    }

    /**
     * Hands over all records that are committed, those of a partition in order.
     *
     * @throws io.gatehouse.engine.worker.Refusal when a record cannot be read
     * @throws UnknownTopicOrPartitionException when there is no such topic
     */
    public static void records(LogReader log, String replays, Consumer<ReplayRecord> to) {
        records(log, replays, log::stableEnd, to);
    }

    private static void records(
            LogReader log, String replays, ToLongFunction<TopicPartition> end, Consumer<ReplayRecord> to) {
        int partitions = log.topic(replays).partitions();
        for (int i = 0; i < partitions; i++) {
            TopicPartition partition = new TopicPartition(replays, i);
            log.read(partition, log.start(partition), end.applyAsLong(partition), record -> {
                to.accept(ReplayRecord.read(record));
                return true;
            });
        }
    }

    private void take(ReplayRecord record) {
        if (record.topicId().equals(topicId)) {
            OffsetSet offsets = replayed.computeIfAbsent(record.partition(), partition -> new OffsetSet());
            record.ranges().forEach(range -> offsets.add(range.first(), range.last()));
        }
    }

    /** Whether a letter of the dead-letter topic has been replayed. */
    public boolean contains(int partition, long offset) {
        OffsetSet offsets = replayed.get(partition);
        return offsets != null && offsets.contains(offset);
    }
}

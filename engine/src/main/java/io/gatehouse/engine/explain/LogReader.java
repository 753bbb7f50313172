package io.gatehouse.engine.explain;

import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.state.ChoiceSearch;
import io.gatehouse.engine.worker.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads committed records of partitions, from one offset to another, outside any group. */
final class LogReader {
    private static final Duration POLL = Duration.ofMillis(100);

    /** Behind an open transaction nothing comes before it ends or times out. */
    private static final long LONGEST_STILLNESS_NS = TimeUnit.SECONDS.toNanos(20);

    private final Consumer<byte[], byte[]> consumer;
    private final Cluster cluster;

    LogReader(Consumer<byte[], byte[]> consumer, Cluster cluster) {
        this.consumer = consumer;
        this.cluster = cluster;
    }

    Cluster.Topic topic(String name) {
        return answer(cluster.topic(name));
    }

    long start(TopicPartition partition) {
        return answer(cluster.startOffset(partition));
    }

    long end(TopicPartition partition) {
        return answer(cluster.endOffset(partition));
    }

    long offsetAt(TopicPartition partition, long timestampMs) {
        return answer(cluster.offsetAt(partition, Math.max(0, timestampMs)));
    }

    private static <T> T answer(CompletableFuture<T> question) {
        try {
            return question.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KafkaException known ? known : e;
        }
    }

    /**
     * The partitioning that is recorded in this partition of the state topic.
     *
     * @throws io.gatehouse.engine.state.DamagedJournalException when all that could tell it is damaged
     * @throws Refusal when an open transaction holds it up for long
     */
    Optional<Partitioning> choice(TopicPartition state) {
        ChoiceSearch search = new ChoiceSearch(cluster, state);
        search.questions().forEach(LogReader::answer);
        long begunNs = System.nanoTime();
        while (!search.turn(consumer)) {
            if (System.nanoTime() - begunNs > LONGEST_STILLNESS_NS) {
                throw new Refusal("a transaction stays open on " + state
                        + ", and how the group is partitioned cannot be read before it ends");
            }
        }
        return search.found();
    }

    /**
     * Hands over the records from one offset to another, as far as they are committed.
     *
     * @param to takes a record; false ends the reading
     * @throws Refusal when an open transaction holds it up for long
     */
    void read(TopicPartition partition, long from, long end, Predicate<ConsumerRecord<byte[], byte[]>> to) {
        if (from >= end) {
            return;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long position = from;
        long movedNs = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() >= end || !to.test(record)) {
                    return;
                }
            }
            long now = consumer.position(partition);
            if (now > position) {
                position = now;
                movedNs = System.nanoTime();
            } else if (System.nanoTime() - movedNs > LONGEST_STILLNESS_NS) {
                throw new Refusal("a transaction stays open on " + partition + " at offset " + position
                        + ", and nothing behind it can be read before it ends");
            }
        }
    }
}

package io.gatehouse.engine.lookup;

import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.worker.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads committed records of partitions, from one offset to another, outside any group. One stretch at a time: {@link
 * #begin} it, and take what {@link #next} gives until it {@link #isDone}.
 */
public final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /** Behind an open transaction nothing comes before it ends or times out. */
    private static final long LONGEST_STILLNESS_NS = TimeUnit.SECONDS.toNanos(20);

    private final Consumer<byte[], byte[]> consumer;
    private final Cluster cluster;
    private TopicPartition partition;
    private long position;
    private long end;
    private boolean isStill;
    private long stillSinceNs;

    /** @param consumer a reader of committed records outside any group; closed with this */
    public LogReader(Consumer<byte[], byte[]> consumer, Cluster cluster) {
        this.consumer = consumer;
        this.cluster = cluster;
    }

    public Cluster.Topic topic(String name) {
        return answer(cluster.topic(name));
    }

    public long start(TopicPartition of) {
        return answer(cluster.startOffset(of));
    }

    /** The end that a reader of uncommitted records sees. */
    public long end(TopicPartition of) {
        return answer(cluster.endOffset(of));
    }

    /** The end that a reader of committed records sees now: nothing before it is waited for. */
    public long stableEnd(TopicPartition of) {
        return answer(cluster.stableEndOffset(of));
    }

    public long offsetAt(TopicPartition of, long timestampMs) {
        return answer(cluster.offsetAt(of, Math.max(0, timestampMs)));
    }

    /**
     * Waits for an answer.
     *
     * @throws KafkaException when the question failed with one
     */
    public static <T> T answer(CompletableFuture<T> question) {
        try {
            return question.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KafkaException known ? known : e;
        }
    }

    /**
     * The record at a place.
     *
     * @throws Refusal when there is none; says what there is
     */
    public ConsumerRecord<byte[], byte[]> record(RecordPlace place) {
        int partitions = topic(place.topic()).partitions();
        if (place.partition() >= partitions) {
            throw new Refusal("there is no partition " + place.partition() + ": the topic " + place.topic() + " has "
                    + partitions);
        }
        long first = start(place.topicPartition());
        long last = end(place.topicPartition());
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        if (place.offset() >= first) {
            read(place.topicPartition(), place.offset(), Math.min(last, place.offset() + 1), record -> {
                found.add(record);
                return false;
            });
        }
        if (found.isEmpty()) {
            throw new Refusal("there is no record " + place + ": the partition goes from offset " + first + " to "
                    + last
                    + (place.offset() >= first && place.offset() < last
                            ? ", and this one belongs to an aborted transaction, or is its mark"
                            : ""));
        }
        return found.get(0);
    }

    /**
     * Hands over the records from one offset to another, as far as they are committed.
     *
     * @param to takes a record; false ends the reading
     * @throws Refusal when an open transaction holds it up for long
     */
    public void read(TopicPartition of, long from, long before, Predicate<ConsumerRecord<byte[], byte[]>> to) {
        begin(of, from, before);
        while (!isDone()) {
            for (ConsumerRecord<byte[], byte[]> record : next()) {
                if (!to.test(record)) {
                    return;
                }
            }
        }
    }

    /** Begins a stretch, whatever is left of the one before. */
    public void begin(TopicPartition of, long from, long before) {
        partition = of;
        position = from;
        end = before;
        isStill = false;
        if (!isDone()) {
            consumer.assign(List.of(of));
            consumer.seek(of, from);
        }
    }

    /** Whether all of the stretch has been handed over. */
    public boolean isDone() {
        return position >= end;
    }

    /** The offset up to which the stretch has been handed over. */
    public long position() {
        return position;
    }

    /**
     * The next records of the stretch; none when none have come within a moment.
     *
     * @throws Refusal when an open transaction holds it up for long
     */
    public List<ConsumerRecord<byte[], byte[]>> next() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.offset() < end) {
                records.add(record);
            }
        }
        long now = consumer.position(partition);
        if (now > position) {
            position = now;
            isStill = false;
        } else if (!isStill) {
            isStill = true;
            stillSinceNs = System.nanoTime();
        } else if (System.nanoTime() - stillSinceNs > LONGEST_STILLNESS_NS) {
            throw new Refusal("a transaction stays open on " + partition + " at offset " + position
                    + ", and nothing behind it can be read before it ends");
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}

package io.gatehouse.lab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Looks from outside, all the time, how much waits for the pipeline. Its thread ends with {@link #close}. */
final class Watch implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    /** What a broker that is gone may hold up a look: the next one asks the others. */
    private static final int ANSWER_WITHIN_MS = 2_000;

    /** A group and the topic it reads: where the input is re-keyed there are two. */
    record Stage(String group, String topic) {}

    /**
     * How things stood at one moment.
     *
     * @param begunNs {@link System#nanoTime} when the question was asked
     * @param takenNs when it was answered
     * @param ends of all partitions of all stages
     * @param committed offsets in them; what was never committed is missing
     */
    record Sample(long begunNs, long takenNs, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        private boolean isBeyond(Map<TopicPartition, Long> offsets) {
            return offsets.entrySet().stream()
                    .allMatch(offset -> committed.getOrDefault(offset.getKey(), 0L) >= offset.getValue());
        }

        private long lag() {
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                    .sum();
        }
    }

    /** A point of the picture: when, in milliseconds since the watch began, and how much had come, was done and waited then. */
    record Point(long ms, long in, long done, long lag) {}

    private final List<Stage> stages;
    private final Map<String, Object> settings;
    private Admin admin;
    private final long begunNs = System.nanoTime();
    private final List<Point> points = new ArrayList<>();
    private final Thread thread = new Thread(this::look, "chaos-watch");
    private Sample latest;
    private volatile boolean closed;

    /** @param kafka client settings */
    Watch(Map<String, Object> kafka, List<Stage> stages) {
        this.stages = List.copyOf(stages);
        settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) LOOK_EVERY.toMillis());
        this.admin = Admin.create(settings);
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        try {
            lookUntilClosed();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void lookUntilClosed() {
        while (!closed) {
            long beganNs = System.nanoTime();
            try {
                publish(sample(beganNs));
            } catch (ExecutionException | TimeoutException | KafkaException noAnswer) {
                // Brokers are away: that is what this is about. A client that has chosen a stopped one may stay with
                // it.
                askAnew();
            } catch (InterruptedException e) {
                return;
            }
            pause(LOOK_EVERY.toNanos() - (System.nanoTime() - beganNs));
        }
    }

    private void askAnew() {
        admin.close(Duration.ZERO);
        admin = Admin.create(settings);
    }

    private static void pause(long ns) {
        LockSupport.parkNanos(Math.max(ns, 1));
    }

    private Sample sample(long beganNs) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (Stage stage : stages) {
            ends.putAll(ends(stage.topic));
            // Asked after the ends: what is told of as done must have come before.
            committed.putAll(committed(stage));
        }
        return new Sample(beganNs, System.nanoTime(), ends, committed);
    }

    private Map<TopicPartition, Long> ends(String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        Collection<TopicPartition> partitions =
                answer(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        return answer(admin.listOffsets(partitions.stream()
                                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Map<TopicPartition, Long> committed(Stage stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> told =
                answer(admin.listConsumerGroupOffsets(stage.group).partitionsToOffsetAndMetadata());
        told.forEach((partition, offset) -> {
            if (offset != null && partition.topic().equals(stage.topic)) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    private static <T> T answer(KafkaFuture<T> question)
            throws InterruptedException, ExecutionException, TimeoutException {
        return question.get(2L * ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
    }

    private synchronized void publish(Sample sample) {
        latest = sample;
        String input = stages.get(0).topic;
        String last = stages.get(stages.size() - 1).topic;
        points.add(new Point(
                TimeUnit.NANOSECONDS.toMillis(sample.takenNs - begunNs),
                sum(sample.ends, input),
                sum(sample.committed, last),
                sample.lag()));
        notifyAll();
    }

    private static long sum(Map<TopicPartition, Long> offsets, String topic) {
        return offsets.entrySet().stream()
                .filter(offset -> offset.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Waits until each partition of each stage has been worked on, and that is committed, beyond where it ended when it was
     * first seen after a moment.
     *
     * @param sinceNs {@link System#nanoTime} of that moment
     * @return how long that took, from that moment
     * @throws NotSurvived when it takes longer than this
     */
    Duration recoverySince(long sinceNs, Duration longest) throws InterruptedException {
        long deadlineNs = sinceNs + longest.toNanos();
        Sample first = await(sample -> sample.begunNs > sinceNs, deadlineNs, longest);
        Sample recovered = await(sample -> sample.isBeyond(first.ends), deadlineNs, longest);
        return Duration.ofNanos(recovered.takenNs - sinceNs);
    }

    private synchronized Sample await(Predicate<Sample> condition, long deadlineNs, Duration longest)
            throws InterruptedException {
        while (latest == null || !condition.test(latest)) {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                throw new NotSurvived("what waited was not worked off within " + longest.toSeconds() + " s"
                        + (latest == null ? "" : "; now " + latest.lag() + " wait"));
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        }
        return latest;
    }

    /** The partitions that are looked at; none before the first answer. */
    synchronized List<TopicPartition> partitions() {
        return latest == null ? List.of() : List.copyOf(latest.ends.keySet());
    }

    /** Milliseconds since the watch began. */
    long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs);
    }

    /** All looks that were answered, in order. */
    synchronized List<Point> points() {
        return List.copyOf(points);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}

package io.gatehouse.lab.compare;

import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Gatehouse killed at full load and started again, and how long that takes. */
final class Restart {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    /** Logins of known users before it is killed: some seconds' worth. */
    private static final long AT_FULL_LOAD = 1_000_000;

    private static final long LOOK_EVERY_NS = 10_000_000;

    private final Contestant contestant;
    private final Stand stand;

    /**
     * @param seconds from the start of the new process to the first commit of it, when the group has forgotten the old one
     * @param journalBytesPerEvent as Kafka stores it
     */
    record Taken(double seconds, double journalBytesPerEvent) {}

    Restart(Contestant contestant, Stand stand) {
        this.contestant = contestant;
        this.stand = stand;
    }

    /** @param users that are to be remembered before it is killed: the input begins with one login of each */
    Taken run(Ground ground, int users) throws InterruptedException, IOException {
        double journaled;
        try (Crew first = Crew.start(contestant, ground)) {
            await(first, () -> committed(ground) > users + AT_FULL_LOAD);
            journaled = (double) stateBytes(ground) / committed(ground);
        }
        // The group forgets the member with its timeout.
        await(null, () -> isGroupEmpty(ground));
        long before = committed(ground);
        long begunNs = System.nanoTime();
        try (Crew second = Crew.start(contestant, ground)) {
            await(second, () -> committed(ground) > before);
            double seconds = (System.nanoTime() - begunNs) / 1e9;
            second.stop();
            return new Taken(seconds, journaled);
        }
    }

    /** How long it takes until so many events are committed, in seconds. */
    double drain(Ground ground, long events) throws InterruptedException, IOException {
        long begunNs = System.nanoTime();
        try (Crew crew = Crew.start(contestant, ground)) {
            await(crew, () -> committed(ground) >= events);
            double seconds = (System.nanoTime() - begunNs) / 1e9;
            crew.stop();
            return seconds;
        }
    }

    private static void await(Crew crew, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            if (crew != null) {
                crew.mustLive();
            }
            if (System.nanoTime() > deadlineNs) {
                throw new ProcessException("nothing comes of waiting for more than " + WITHIN.toMinutes() + " minutes");
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    /**
     * Events that are committed, by the group's offsets: the end of what may be read of the results moves, too, when the
     * transaction of a dead process is aborted.
     */
    private long committed(Ground ground) {
        return answer(() -> stand.admin()
                        .listConsumerGroupOffsets(ground.application())
                        .partitionsToOffsetAndMetadata()
                        .get())
                .values()
                .stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private boolean isGroupEmpty(Ground ground) {
        return answer(() -> stand.admin()
                        .describeConsumerGroups(List.of(ground.application()))
                        .describedGroups()
                        .get(ground.application())
                        .get())
                .members()
                .isEmpty();
    }

    private long stateBytes(Ground ground) {
        Admin admin = stand.admin();
        List<TopicPartition> state = Committed.partitions(ground, ground.application() + "-state");
        long bytes = 0;
        int broker = answer(() -> admin.describeCluster().nodes().get())
                .iterator()
                .next()
                .id();
        for (LogDirDescription directory : answer(() ->
                        admin.describeLogDirs(List.of(broker)).allDescriptions().get())
                .get(broker)
                .values()) {
            for (TopicPartition partition : state) {
                if (directory.replicaInfos().containsKey(partition)) {
                    bytes += directory.replicaInfos().get(partition).size();
                }
            }
        }
        return bytes;
    }

    /** A question to the broker. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws InterruptedException, ExecutionException;
    }

    private static <T> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new ProcessException("the broker does not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted while the broker was asked", e);
        }
    }
}

package io.gatehouse.engine.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks, before a group without any state begins, whether the processed topic holds results of its input already. Then
 * another {@code application.id} has written them, or the state was deleted: beginning would write everything a second
 * time, by an empty memory, and beginning by mistake is the likelier of the two. An application that writes elsewhere is
 * not concerned, whoever else reads the same input.
 */
final class EarlierResults implements AutoCloseable {
    /** As many of the newest records of each partition: behind aborted ones and marks there is a result. */
    private static final long NEWEST = 50;

    /** Behind an open transaction nothing comes: what has come by then tells. */
    private static final long LONGEST_LOOK_NS = TimeUnit.SECONDS.toNanos(5);

    /** The source is a result's last member; topic names are up to 249 bytes, numbers up to 19. */
    private static final int TAIL_BYTES = 400;

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final EngineSettings settings;
    private final Clients clients;
    private final Cluster cluster;
    private final String sign;

    private CompletableFuture<Cluster.Topic> topic;
    private List<CompletableFuture<Long>> starts;
    private List<CompletableFuture<Long>> ends;
    private Consumer<byte[], byte[]> reader;
    private long begunNs;

    EarlierResults(EngineSettings settings, Clients clients, Cluster cluster) {
        this.settings = settings;
        this.clients = clients;
        this.cluster = cluster;
        this.sign = "\"source\":{\"topic\":\"" + settings.topics().input() + "\",";
    }

    /**
     * Does what can be done now.
     *
     * @return true when there are none; false when that is not known yet
     * @throws Refusal when there are some
     * @throws CompletionException when the cluster does not answer
     */
    boolean areNone(long nowNs) {
        if (topic == null) {
            topic = cluster.topic(settings.topics().processed());
        }
        if (!topic.isDone()) {
            return false;
        }
        if (isMissing(topic)) {
            return true;
        }
        if (ends == null) {
            List<TopicPartition> partitions = partitions();
            starts = partitions.stream().map(cluster::startOffset).toList();
            ends = partitions.stream().map(cluster::endOffset).toList();
        }
        if (!ends.stream().allMatch(CompletableFuture::isDone)
                || !starts.stream().allMatch(CompletableFuture::isDone)) {
            return false;
        }
        return isEmpty() || read(nowNs);
    }

    private boolean isEmpty() {
        return IntStream.range(0, ends.size())
                .allMatch(i -> starts.get(i).join() >= ends.get(i).join());
    }

    private static boolean isMissing(CompletableFuture<Cluster.Topic> topic) {
        try {
            topic.join();
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return true;
            }
            throw e;
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < topic.join().partitions(); i++) {
            all.add(new TopicPartition(settings.topics().processed(), i));
        }
        return all;
    }

    private boolean read(long nowNs) {
        List<TopicPartition> partitions = partitions();
        if (reader == null) {
            reader = clients.stateConsumer();
            reader.assign(partitions);
            for (int i = 0; i < partitions.size(); i++) {
                reader.seek(
                        partitions.get(i),
                        Math.max(starts.get(i).join(), ends.get(i).join() - NEWEST));
            }
            begunNs = nowNs;
        }
        for (ConsumerRecord<byte[], byte[]> result : Polling.poll(reader, POLL)) {
            refuse(result);
        }
        boolean complete = true;
        for (int i = 0; i < partitions.size(); i++) {
            complete &= reader.position(partitions.get(i)) >= ends.get(i).join();
        }
        return complete || nowNs - begunNs > LONGEST_LOOK_NS;
    }

    private void refuse(ConsumerRecord<byte[], byte[]> result) {
        byte[] value = result.value();
        if (value == null) {
            return;
        }
        int from = Math.max(0, value.length - TAIL_BYTES);
        if (new String(value, from, value.length - from, ISO_8859_1).contains(sign)) {
            throw new Refusal("the topic " + settings.topics().processed() + " holds results of "
                    + settings.topics().input() + " already, but the application "
                    + settings.applicationId() + " has no state: was application.id changed, or the state deleted?"
                    + " Set application.id back; or, to begin anew on purpose, say where with 'gatehouse reset'.");
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }
}

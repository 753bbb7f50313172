package io.gatehouse.lab.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics side by side, as a reader of committed results sees them. */
final class TopicReader implements AutoCloseable {
    /** A partition that yields nothing for so long is broken: its end was known beforehand. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final int MOST_POLLS = 20;
    private static final Duration POLL = Duration.ofMillis(200);

    /** What is read is handed to it. */
    interface Receiver {
        /** Takes the next record of a partition. */
        void take(ConsumerRecord<byte[], byte[]> record);

        /** Whether it would rather have what is in other topics first. */
        default boolean isAhead(String topic) {
            return false;
        }
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Receiver receiver;

    /**
     * @param receiver takes the records, those of a partition in order
     * @throws CheckImpossible when a topic is missing
     */
    TopicReader(Map<String, Object> kafka, List<String> topics, Receiver receiver) {
        this.receiver = receiver;
        consumer = new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : topics) {
                List<PartitionInfo> found = consumer.partitionsFor(topic);
                if (found.isEmpty()) {
                    throw new CheckImpossible("there is no topic " + topic);
                }
                found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Whether there is such a topic. */
    static boolean exists(Map<String, Object> kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.listTopics().containsKey(topic);
        }
    }

    /**
     * Hands over all committed records of these topics, from where reading has come to, to the ends as they are now.
     *
     * @return whether there were any
     * @throws CheckImpossible when a topic cannot be read to its end
     */
    boolean read(List<String> topics) {
        List<TopicPartition> partitions = consumer.assignment().stream()
                .filter(partition -> topics.contains(partition.topic()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        // A broker that has just become a leader may tell of an end that others have read beyond.
        ends.replaceAll((partition, end) -> Math.max(end, consumer.position(partition)));
        long before = reached(partitions);
        consumer.pause(consumer.assignment());
        readTo(ends);
        // What was fetched from behind the ends is left for the next time.
        ends.forEach(consumer::seek);
        return reached(partitions) > before;
    }

    /** Hands over the committed records that come next, if any do within a moment. */
    void follow() {
        readNext(consumer.assignment()).forEach(receiver::take);
    }

    /** Whether a reader of committed records finds any between two offsets; true when that cannot be told soon. */
    boolean hasRecords(TopicPartition partition, long from, long to) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        for (int polls = 0; polls < MOST_POLLS && consumer.position(partition) < to; polls++) {
            if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                return true;
            }
        }
        return consumer.position(partition) < to;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gatehouse-checker");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        // What is read is known to be there: a fetch that waits at the end would only hold up the close.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return settings;
    }

    private void readTo(Map<TopicPartition, Long> ends) {
        long reached = 0;
        long progressNs = System.nanoTime();
        while (true) {
            Set<TopicPartition> open = ends.keySet().stream()
                    .filter(partition -> consumer.position(partition) < ends.get(partition))
                    .collect(Collectors.toSet());
            if (open.isEmpty()) {
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : readNext(open)) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    receiver.take(record);
                }
            }
            long now = reached(ends.keySet());
            if (now > reached) {
                reached = now;
                progressNs = System.nanoTime();
            } else if (System.nanoTime() - progressNs > LONGEST_SILENCE.toNanos()) {
                throw new CheckImpossible("the topics cannot be read to their ends " + ends);
            }
        }
    }

    /** Reads from these partitions, but from none that is ahead, as long as there are others. */
    private ConsumerRecords<byte[], byte[]> readNext(Set<TopicPartition> open) {
        Set<TopicPartition> behind = open.stream()
                .filter(partition -> !receiver.isAhead(partition.topic()))
                .collect(Collectors.toSet());
        consumer.pause(consumer.assignment());
        consumer.resume(behind.isEmpty() ? open : behind);
        return consumer.poll(POLL);
    }

    private long reached(Collection<TopicPartition> partitions) {
        return partitions.stream().mapToLong(consumer::position).sum();
    }
}

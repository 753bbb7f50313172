package io.gatehouse.lab.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics side by side, as a reader of committed results sees them. */
final class TopicReader {
    /** A partition that yields nothing for so long is broken: its end was known beforehand. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private TopicReader() {}

    /**
     * Hands over all committed records from the beginnings to the ends as they are now; those of a partition in order.
     *
     * @throws CheckImpossible when a topic is missing or cannot be read to its end
     */
    static void read(Map<String, Object> kafka, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
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
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            readTo(ends, consumer, reader);
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gatehouse-checker");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return settings;
    }

    private static void readTo(
            Map<TopicPartition, Long> ends,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long reached = 0;
        long progressNs = System.nanoTime();
        while (true) {
            Set<TopicPartition> done = consumer.assignment().stream()
                    .filter(partition -> consumer.position(partition) >= ends.get(partition))
                    .collect(Collectors.toSet());
            if (done.equals(consumer.assignment())) {
                return;
            }
            consumer.pause(done);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    reader.accept(record);
                }
            }
            long now =
                    consumer.assignment().stream().mapToLong(consumer::position).sum();
            if (now > reached) {
                reached = now;
                progressNs = System.nanoTime();
            } else if (System.nanoTime() - progressNs > LONGEST_SILENCE.toNanos()) {
                throw new CheckImpossible("the topics cannot be read to their ends " + ends);
            }
        }
    }
}

package io.gatehouse.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks for the latest of a topic's records, as a reader of committed results sees them. */
final class LastRecord {
    /** How far back in each partition: what is looked for comes often, or never. */
    private static final long LOOKED_AT = 200;

    private static final Duration POLL = Duration.ofMillis(200);
    /** Nothing more comes to these topics while they are looked at. */
    private static final int MOST_EMPTY_POLLS = 25;

    private LastRecord() {}

    /**
     * The value of the latest record that is wanted, if there is one near the topic's end.
     *
     * @throws org.apache.kafka.common.KafkaException when the topic cannot be read
     */
    static Optional<String> of(String bootstrap, String topic, Predicate<String> wanted) {
        ConsumerRecord<byte[], byte[]> last = null;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            ends.forEach(
                    (partition, end) -> consumer.seek(partition, Math.max(beginnings.get(partition), end - LOOKED_AT)));
            for (int empty = 0; empty < MOST_EMPTY_POLLS && !isAt(consumer, ends); empty++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    empty = 0;
                    if ((last == null || record.timestamp() >= last.timestamp())
                            && wanted.test(new String(record.value(), UTF_8))) {
                        last = record;
                    }
                }
            }
        }
        return Optional.ofNullable(last).map(record -> new String(record.value(), UTF_8));
    }

    private static boolean isAt(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "gatehouse-demo",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
    }
}

package io.gatehouse.lab.compare;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics as a reader of committed records sees them. */
final class Committed {
    private Committed() {}

    /** The ends of all partitions added up. Marks of transactions' ends are offsets, too: some tens a second. */
    static long end(Admin admin, Ground ground, String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = partitions(ground, topic).stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin
                .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** A reader outside any group, at the beginning. */
    static KafkaConsumer<byte[], byte[]> reader(Ground ground, String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        ground.bootstrap(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions(ground, topic));
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    static List<TopicPartition> partitions(Ground ground, String topic) {
        return IntStream.range(0, ground.partitions())
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }
}

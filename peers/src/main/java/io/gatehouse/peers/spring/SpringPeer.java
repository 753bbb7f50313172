package io.gatehouse.peers.spring;

import io.gatehouse.peers.job.Arguments;
import io.gatehouse.peers.job.Contestant;
import io.gatehouse.peers.job.Places;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;

/**
 * The job on Spring for Apache Kafka: a listener of batches, sends without transactions, and offsets that are committed
 * when all of a batch's sends are acknowledged. So each login comes out at least once; and what is remembered of users
 * is gone with the process.
 *
 * <p>Its knobs are {@code batch.size} (bytes) and {@code linger.ms} of the producer, and {@code poll.records}, the most
 * that a poll of a consumer brings.
 */
public final class SpringPeer {
    private static final Map<String, String> KNOBS =
            Map.of("batch.size", "262144", "linger.ms", "20", "poll.records", "2000");

    private static final int MIB = 1 << 20;

    private SpringPeer() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        Contestant.run(arguments, KNOBS, SpringPeer::start);
    }

    private static AutoCloseable start(Arguments arguments) throws IOException {
        Places places = Places.open(arguments.places());
        DefaultKafkaProducerFactory<byte[], byte[]> producers = new DefaultKafkaProducerFactory<>(
                producer(arguments), new ByteArraySerializer(), new ByteArraySerializer());
        DefaultKafkaConsumerFactory<byte[], byte[]> consumers = new DefaultKafkaConsumerFactory<>(
                consumer(arguments), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        ContainerProperties properties = new ContainerProperties(arguments.input());
        properties.setGroupId(arguments.application());
        properties.setAckMode(AckMode.TIME);
        properties.setAckTime(arguments.commitIntervalMs());
        properties.setMessageListener(new LoginListener(
                places, new KafkaTemplate<>(producers), arguments.processed(), arguments.deadLetters()));
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setConcurrency(arguments.threads());
        container.start();
        return () -> {
            container.stop();
            producers.destroy();
        };
    }

    private static Map<String, Object> consumer(Arguments arguments) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.bootstrap());
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, arguments.number("poll.records"));
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 * MIB);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * MIB);
        settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, MIB);
        settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    private static Map<String, Object> producer(Arguments arguments) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.bootstrap());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, arguments.number("batch.size"));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, arguments.number("linger.ms"));
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * MIB);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 * MIB);
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }
}

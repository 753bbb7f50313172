package io.gatehouse.peers.streams;

import io.gatehouse.peers.job.Arguments;
import io.gatehouse.peers.job.Contestant;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Kafka Streams at work in this process, exactly once, with clients that are set as Gatehouse sets its own.
 *
 * <p>Its knobs are {@code batch.size} (bytes) and {@code linger.ms} of the producers, and {@code poll.records}, the
 * most that a poll of a consumer brings.
 */
final class StreamsRun implements AutoCloseable {
    /** With their defaults, which are Gatehouse's. */
    static final Map<String, String> KNOBS = Map.of("batch.size", "262144", "linger.ms", "20", "poll.records", "2000");

    private static final Duration END_WITHIN = Duration.ofSeconds(20);
    private static final int MIB = 1 << 20;

    private final KafkaStreams streams;

    private StreamsRun(KafkaStreams streams) {
        this.streams = streams;
    }

    /** @param cacheMb what the caches before all stores take together, MiB */
    static StreamsRun start(Topology topology, Arguments arguments, int cacheMb) {
        KafkaStreams streams = new KafkaStreams(topology, settings(arguments, cacheMb));
        streams.setUncaughtExceptionHandler(cause -> {
            Contestant.fail(cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        return new StreamsRun(streams);
    }

    private static Properties settings(Arguments arguments, int cacheMb) {
        int pollRecords = arguments.number("poll.records");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments.application());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.bootstrap());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, arguments.threads());
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, arguments.commitIntervalMs());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments.stateDir().toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, (long) cacheMb * MIB);
        // Of the changelog, which the bench's single broker holds.
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        // Below what a poll brings, partitions would be paused and resumed all the time.
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, pollRecords);
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        putConsumer(settings, pollRecords);
        putProducer(settings, arguments);
        return settings;
    }

    private static void putConsumer(Properties settings, int pollRecords) {
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), pollRecords);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 32 * MIB);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 4 * MIB);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), MIB);
    }

    private static void putProducer(Properties settings, Arguments arguments) {
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), arguments.number("batch.size"));
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), arguments.number("linger.ms"));
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L * MIB);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 16 * MIB);
    }

    /** Its partitions are others' at once, or its own again at the next start. */
    @Override
    public void close() {
        streams.close(
                CloseOptions.timeout(END_WITHIN).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
}

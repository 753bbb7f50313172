package io.gatehouse.peers.flink;

import io.gatehouse.peers.job.Arguments;
import io.gatehouse.peers.job.Contestant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.kafka.shaded.org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.flink.kafka.shaded.org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job on Apache Flink, exactly once: a source, the state of each user, and one sink for both topics, so that there
 * is one transaction each checkpoint and not two.
 *
 * <p>Its knobs are {@code backend}, where state lies, hashmap or rocksdb; {@code unaligned}, whether a checkpoint
 * overtakes records that wait; {@code transactions}, how their ids are made, pooling or incrementing; {@code
 * buffer.timeout.ms}, how long a record may wait for company between two tasks; and {@code batch.size} (bytes) and
 * {@code linger.ms} of the producers.
 */
public final class FlinkPeer {
    private static final Map<String, String> KNOBS = Map.of(
            "backend", "hashmap",
            "batch.size", "262144",
            "linger.ms", "20",
            "unaligned", "false",
            "transactions", "pooling",
            "buffer.timeout.ms", "5");

    private static final int MIB = 1 << 20;
    private static final int MAX_POLL_RECORDS = 2000;
    /** Below what brokers allow, 15 minutes, and far above any interval between checkpoints. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(5);
    /** For RocksDB alone; the heap holds the state otherwise. */
    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(256);

    private FlinkPeer() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        Contestant.run(arguments, KNOBS, FlinkPeer::start);
    }

    private static AutoCloseable start(Arguments arguments) throws Exception {
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(arguments.threads(), settings(arguments));
        flink.fromSource(source(arguments), WatermarkStrategy.noWatermarks(), "input")
                .keyBy(InputRecord::user, Types.STRING)
                .process(
                        new LoginFunction(arguments.places().toString(), arguments.input()),
                        new RecordType<>(OutputRecord.class, new OutputRecordSerializer()))
                .name("login")
                .sinkTo(sink(arguments))
                .name("output");
        return FlinkRun.start(flink);
    }

    private static Configuration settings(Arguments arguments) throws IOException {
        Path checkpoints = Files.createDirectories(arguments.stateDir().resolve("checkpoints"));
        Path temporary = Files.createDirectories(arguments.stateDir().resolve("temporary"));
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(arguments.commitIntervalMs()));
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, arguments.flag("unaligned"));
        settings.set(StateBackendOptions.STATE_BACKEND, arguments.choice("backend", "hashmap", "rocksdb"));
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(arguments.number("buffer.timeout.ms")));
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
        settings.set(CoreOptions.TMP_DIRS, temporary.toString());
        return settings;
    }

    private static KafkaSource<InputRecord> source(Arguments arguments) {
        return KafkaSource.<InputRecord>builder()
                .setBootstrapServers(arguments.bootstrap())
                .setTopics(arguments.input())
                .setGroupId(arguments.application())
                .setClientIdPrefix(arguments.application())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new InputReader())
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(MAX_POLL_RECORDS))
                .setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, String.valueOf(32 * MIB))
                .setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(4 * MIB))
                .setProperty(ConsumerConfig.RECEIVE_BUFFER_CONFIG, String.valueOf(MIB))
                .build();
    }

    private static KafkaSink<OutputRecord> sink(Arguments arguments) {
        Properties producer = new Properties();
        producer.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        producer.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(arguments.number("batch.size")));
        producer.setProperty(ProducerConfig.LINGER_MS_CONFIG, String.valueOf(arguments.number("linger.ms")));
        producer.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(64 * MIB));
        producer.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(16 * MIB));
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()));
        boolean isPooling =
                arguments.choice("transactions", "pooling", "incrementing").equals("pooling");
        return KafkaSink.<OutputRecord>builder()
                .setBootstrapServers(arguments.bootstrap())
                .setKafkaProducerConfig(producer)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(arguments.application())
                .setTransactionNamingStrategy(
                        isPooling ? TransactionNamingStrategy.POOLING : TransactionNamingStrategy.INCREMENTING)
                .setRecordSerializer(new OutputWriter(arguments.processed(), arguments.deadLetters()))
                .build();
    }
}

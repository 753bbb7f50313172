package io.gatehouse.engine.cluster;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.produce.TransactionalProducer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** Real clients: the configured settings, and over them those that exactly-once rests on. */
public final class KafkaClients implements Clients {
    /** A slice of restoring is at most this many blocks, so that the worker's other partitions are not kept waiting. */
    private static final int RESTORE_BLOCKS = 32;

    /** Some megabytes of records of statistics at a time. */
    private static final int STATISTICS_RECORDS = 500;

    private static final int STATISTICS_FETCH_BYTES = 4 << 20;

    private final Map<String, Object> consumerSettings;
    private final Map<String, Object> producerSettings;
    private final String stateTopic;
    private final String groupId;

    /** @param groupId of the group that reads the input */
    public KafkaClients(EngineSettings settings, String groupId) {
        this.consumerSettings = Map.copyOf(settings.consumer());
        this.producerSettings = Map.copyOf(settings.producer());
        this.stateTopic = settings.topics().state();
        this.groupId = groupId;
    }

    @Override
    public Consumer<byte[], ByteBuffer> inputConsumer(String clientId) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        // Offsets travel in the producer's transaction, and a missing one is an error: never a silent jump.
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        if (isClassic(settings)) {
            // An eager assignor takes everything away at each rebalance: every partition would be restored each time.
            settings.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteBufferDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> stateConsumer() {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // The journal may be trimmed while it is read: what was trimmed stands again further on.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RESTORE_BLOCKS);
        // What is read is known to be there: a fetch that waits at the end would only hold up the close.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader of committed records outside any group, for the topic of statistics. */
    public Consumer<byte[], byte[]> statisticsConsumer() {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Retention may delete what is to be read next: it is over then, and what follows is of use.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, STATISTICS_RECORDS);
        // It reads beside the workers, and is in no hurry: twice a second is often enough.
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, STATISTICS_FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, STATISTICS_FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(producerSettings);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // Images are dense: lz4 made a third less of them, and was two thirds of what a worker did to send them.
        return new TransactionalProducer(settings, stateTopic);
    }

    private static boolean isClassic(Map<String, Object> settings) {
        Object protocol = settings.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name());
        return protocol.toString().toUpperCase(Locale.ROOT).equals(GroupProtocol.CLASSIC.name());
    }
}

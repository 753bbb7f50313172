package io.gatehouse.engine.produce;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka's settings of a producer come to here; their names and bounds are Kafka's. */
final class ProducerSettings {
    private final ProducerConfig config;

    /**
     * @param settings as for Kafka's own producer, with a transactional id
     * @throws org.apache.kafka.common.config.ConfigException when one of them is not valid
     */
    ProducerSettings(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.putIfAbsent(
                CommonClientConfigs.CLIENT_ID_CONFIG,
                "producer-" + settings.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
        this.config = new ProducerConfig(all);
    }

    ProducerConfig config() {
        return config;
    }

    String transactionalId() {
        return config.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    }

    String clientId() {
        return config.getString(ProducerConfig.CLIENT_ID_CONFIG);
    }

    int batchBytes() {
        return config.getInt(ProducerConfig.BATCH_SIZE_CONFIG);
    }

    long bufferBytes() {
        return config.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG);
    }

    int maxRequestBytes() {
        return config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    }

    long maxBlockMs() {
        return config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
    }

    long deliveryTimeoutMs() {
        return config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    }

    int requestTimeoutMs() {
        return config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    }

    long retryBackoffMs() {
        return config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG);
    }

    int transactionTimeoutMs() {
        return config.getInt(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    }

    int requestsUnderWay() {
        return config.getInt(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
    }

    Compression compression() {
        CompressionType type = CompressionType.forName(config.getString(ProducerConfig.COMPRESSION_TYPE_CONFIG));
        return switch (type) {
            case GZIP ->
                Compression.gzip()
                        .level(config.getInt(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG))
                        .build();
            case LZ4 ->
                Compression.lz4()
                        .level(config.getInt(ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG))
                        .build();
            case ZSTD ->
                Compression.zstd()
                        .level(config.getInt(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG))
                        .build();
            default -> Compression.of(type).build();
        };
    }
}

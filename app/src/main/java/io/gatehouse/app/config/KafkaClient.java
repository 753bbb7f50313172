package io.gatehouse.app.config;

import java.util.Locale;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The clients that settings pass through to. */
enum KafkaClient {
    CONSUMER,
    PRODUCER,
    ADMIN;

    static final String PREFIX = "kafka.";

    /** {@code kafka.consumer.} and so on: where a setting is given for this client alone. */
    String prefix() {
        return PREFIX + name().toLowerCase(Locale.ROOT) + ".";
    }

    /** What the client library itself says of its settings. */
    ConfigDef definition() {
        return switch (this) {
            case CONSUMER -> ConsumerConfig.configDef();
            case PRODUCER -> ProducerConfig.configDef();
            case ADMIN -> AdminClientConfig.configDef();
        };
    }

    boolean knows(String setting) {
        ConfigDef.ConfigKey key = definition().configKeys().get(setting);
        return key != null && !key.internalConfig;
    }
}

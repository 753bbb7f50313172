package io.gatehouse.app.config;

import java.util.Locale;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The clients that settings pass through to. */
enum KafkaClient {
    CONSUMER(ConsumerConfig.configDef()),
    PRODUCER(ProducerConfig.configDef()),
    ADMIN(AdminClientConfig.configDef());

    static final String PREFIX = "kafka.";

    /** Kept, since the library makes a new one each time that it is asked. */
    private final ConfigDef definition;

    KafkaClient(ConfigDef definition) {
        this.definition = definition;
    }

    /** {@code kafka.consumer.} and so on: where a setting is given for this client alone. */
    String prefix() {
        return PREFIX + name().toLowerCase(Locale.ROOT) + ".";
    }

    /** What the client library itself says of its settings. */
    ConfigDef definition() {
        return definition;
    }

    boolean knows(String setting) {
        ConfigDef.ConfigKey key = definition().configKeys().get(setting);
        return key != null && !key.internalConfig;
    }
}

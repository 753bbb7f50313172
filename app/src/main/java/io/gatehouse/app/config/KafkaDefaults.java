package io.gatehouse.app.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The client settings that matter to Gatehouse, set by it rather than left to the library's version. Why each is what it
 * is stands in the reference file.
 */
final class KafkaDefaults {
    /** Of all clients. */
    private static final Map<String, String> COMMON = settings(
            "metadata.max.age.ms", "30000",
            "request.timeout.ms", "10000",
            "reconnect.backoff.ms", "50",
            "reconnect.backoff.max.ms", "1000",
            "retry.backoff.ms", "50",
            "retry.backoff.max.ms", "1000",
            "enable.metrics.push", "false");

    private static final Map<String, String> CONSUMER = settings(
            "group.protocol", "consumer",
            "allow.auto.create.topics", "false",
            "fetch.min.bytes", "1",
            "fetch.max.wait.ms", "500",
            "fetch.max.bytes", "33554432",
            "max.partition.fetch.bytes", "4194304",
            "max.poll.records", "500",
            "max.poll.interval.ms", "60000",
            "default.api.timeout.ms", "15000",
            "receive.buffer.bytes", "1048576");

    /** Of the consumer under {@code group.protocol=classic}; under the newer protocol the broker decides these. */
    static final Map<String, String> CLASSIC_CONSUMER = settings(
            "session.timeout.ms", "10000",
            "heartbeat.interval.ms", "3000",
            "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");

    private static final Map<String, String> PRODUCER = settings(
            "acks", "all",
            "enable.idempotence", "true",
            "batch.size", "262144",
            "compression.type", "lz4",
            "buffer.memory", "67108864",
            "max.request.size", "16777216",
            "max.in.flight.requests.per.connection", "5",
            "max.block.ms", "15000",
            "delivery.timeout.ms", "20000",
            "transaction.timeout.ms", "10000");

    private static final Map<String, String> ADMIN = settings("default.api.timeout.ms", "15000");

    private KafkaDefaults() {}

    static Map<String, String> common() {
        return COMMON;
    }

    /** Those of one client, without the common ones. */
    static Map<String, String> of(KafkaClient client) {
        return switch (client) {
            case CONSUMER -> CONSUMER;
            case PRODUCER -> PRODUCER;
            case ADMIN -> ADMIN;
        };
    }

    private static Map<String, String> settings(String... namesAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(settings);
    }
}

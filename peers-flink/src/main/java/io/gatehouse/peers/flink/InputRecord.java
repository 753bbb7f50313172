package io.gatehouse.peers.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.kafka.shaded.org.apache.kafka.common.header.Headers;

/**
 * A record of the input.
 *
 * @param key may be null
 * @param value may be null
 * @param timestampMs its Kafka timestamp, epoch milliseconds; negative when it has none
 */
record InputRecord(byte[] key, byte[] value, Headers headers, int partition, long offset, long timestampMs) {
    /** Whose it is: producers key logins by their user. */
    String user() {
        return key == null ? "" : new String(key, UTF_8);
    }
}

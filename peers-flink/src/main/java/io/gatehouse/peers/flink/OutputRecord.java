package io.gatehouse.peers.flink;

import org.apache.flink.kafka.shaded.org.apache.kafka.common.header.Headers;

/**
 * A record of one of the outputs.
 *
 * @param key may be null
 * @param value may be null
 */
record OutputRecord(boolean isDeadLetter, byte[] key, byte[] value, Headers headers) {}

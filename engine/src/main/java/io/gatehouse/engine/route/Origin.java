package io.gatehouse.engine.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Where a record of the by-user topic came from. It stands in the header {@code gatehouse.route.origin}, all numbers
 * little-endian:
 *
 * <pre>
 *  0  1  format version
 *  1  4  input partition
 *  5  8  input offset
 * 13  8  the input record's Kafka timestamp, epoch milliseconds
 * 21     input topic, UTF-8
 * </pre>
 *
 * A record that was refused leaves a notice in its place, without key and value, so that it is counted where its time is:
 * the header {@code gatehouse.route.refused} names the reason.
 *
 * @param refused why the input record became a dead letter; null for a login
 */
public record Origin(String topic, int partition, long offset, long timestampMs, Reason refused) {
    private static final String ORIGIN = "gatehouse.route.origin";
    private static final String REFUSED = "gatehouse.route.refused";
    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 21;

    /** Where an input record lies. */
    public static Origin of(ConsumerRecord<byte[], ?> input, Reason refused) {
        return new Origin(input.topic(), input.partition(), input.offset(), input.timestamp(), refused);
    }

    /** The record's own headers, byte for byte, and the origin after them. */
    public Headers after(Headers own) {
        RecordHeaders headers = new RecordHeaders(own);
        byte[] name = topic.getBytes(UTF_8);
        headers.add(
                ORIGIN,
                ByteBuffer.allocate(FIXED_BYTES + name.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(VERSION)
                        .putInt(partition)
                        .putLong(offset)
                        .putLong(timestampMs)
                        .put(name)
                        .array());
        if (refused != null) {
            headers.add(REFUSED, refused.label().getBytes(UTF_8));
        }
        return headers;
    }

    /** The origin that a record of the by-user topic tells; null when it tells none. */
    public static Origin read(ConsumerRecord<byte[], ?> routed) {
        Header found = routed.headers().lastHeader(ORIGIN);
        if (found == null || found.value() == null || found.value().length <= FIXED_BYTES) {
            return null;
        }
        ByteBuffer from = ByteBuffer.wrap(found.value()).order(ByteOrder.LITTLE_ENDIAN);
        if (from.get() != VERSION) {
            return null;
        }
        int partition = from.getInt();
        long offset = from.getLong();
        long timestampMs = from.getLong();
        String topic = UTF_8.decode(from).toString();
        if (partition < 0 || offset < 0) {
            return null;
        }
        if (routed.value() != null) {
            return new Origin(topic, partition, offset, timestampMs, null);
        }
        Reason refused = reason(routed.headers().lastHeader(REFUSED));
        return refused == null ? null : new Origin(topic, partition, offset, timestampMs, refused);
    }

    private static Reason reason(Header refused) {
        return refused == null || refused.value() == null
                ? null
                : Reason.of(new String(refused.value(), UTF_8)).orElse(null);
    }
}

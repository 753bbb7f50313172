package io.gatehouse.engine.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes a dead letter of a refused record. None of the headers added repeats text from the event. */
public final class DeadLetters {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String topic;
    private final byte[] version;

    /** @param topic where dead letters go */
    public DeadLetters(String topic, String version) {
        this.topic = topic;
        this.version = version.getBytes(UTF_8);
    }

    /**
     * The dead letter of a record: key, value and headers byte for byte, and why, where and when beside them.
     *
     * @param field null for a fault of the whole
     * @param nowMs wall clock, epoch milliseconds
     */
    public ProducerRecord<byte[], byte[]> letter(
            ConsumerRecord<byte[], byte[]> original, Reason reason, Field field, long nowMs) {
        Headers headers = new RecordHeaders(CarriedHeaders.of(original.headers()));
        headers.add(DeadLetter.REASON, reason.label().getBytes(UTF_8));
        if (field != null) {
            headers.add(DeadLetter.FIELD, field.label().getBytes(UTF_8));
        }
        headers.add(DeadLetter.SOURCE_TOPIC, original.topic().getBytes(UTF_8));
        headers.add(DeadLetter.SOURCE_PARTITION, decimal(original.partition()));
        headers.add(DeadLetter.SOURCE_OFFSET, decimal(original.offset()));
        headers.add(DeadLetter.SOURCE_TIMESTAMP, decimal(original.timestamp()));
        headers.add(
                DeadLetter.FAILED_AT, MILLIS.format(Instant.ofEpochMilli(nowMs)).getBytes(UTF_8));
        headers.add(DeadLetter.VERSION, version);
        headers.add(DeadLetter.ATTEMPT, decimal(1L + DeadLetter.attempts(original.headers())));
        return new ProducerRecord<>(topic, null, null, original.key(), original.value(), headers);
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }
}

package io.gatehouse.engine.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes a dead letter of a refused record. None of the headers added repeats text from the event. */
public final class DeadLetters {
    private static final String ATTEMPT = "gatehouse.attempt";

    /** Digits of an attempt that is believed; anything longer was not written by Gatehouse. */
    private static final int ATTEMPT_DIGITS = 9;

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
        headers.add("gatehouse.reason", reason.label().getBytes(UTF_8));
        if (field != null) {
            headers.add("gatehouse.field", field.label().getBytes(UTF_8));
        }
        headers.add("gatehouse.source.topic", original.topic().getBytes(UTF_8));
        headers.add("gatehouse.source.partition", decimal(original.partition()));
        headers.add("gatehouse.source.offset", decimal(original.offset()));
        headers.add("gatehouse.source.timestamp", decimal(original.timestamp()));
        headers.add(
                "gatehouse.failed_at",
                MILLIS.format(Instant.ofEpochMilli(nowMs)).getBytes(UTF_8));
        headers.add("gatehouse.version", version);
        headers.add(ATTEMPT, decimal(attempt(original.headers().lastHeader(ATTEMPT))));
        return new ProducerRecord<>(topic, null, null, original.key(), original.value(), headers);
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    private static long attempt(Header earlier) {
        if (earlier == null || earlier.value() == null) {
            return 1;
        }
        byte[] digits = earlier.value();
        long number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9' || digits.length > ATTEMPT_DIGITS) {
                return 1;
            }
            number = number * 10 + digit - '0';
        }
        return number + 1;
    }
}

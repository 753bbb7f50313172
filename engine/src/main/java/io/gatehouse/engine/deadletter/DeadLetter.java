package io.gatehouse.engine.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record of the dead-letter topic, and what Gatehouse has written beside it.
 *
 * @param record key and value are the original's
 * @param field null for a fault of the whole
 * @param source where the original lies, or lay
 * @param failedAtMs when it was refused, epoch milliseconds
 * @param attempt how often it has been refused, from 1
 */
public record DeadLetter(
        ConsumerRecord<byte[], byte[]> record,
        Reason reason,
        Field field,
        Source source,
        long failedAtMs,
        int attempt) {

    static final String REASON = "gatehouse.reason";
    static final String FIELD = "gatehouse.field";
    static final String SOURCE_TOPIC = "gatehouse.source.topic";
    static final String SOURCE_PARTITION = "gatehouse.source.partition";
    static final String SOURCE_OFFSET = "gatehouse.source.offset";
    static final String SOURCE_TIMESTAMP = "gatehouse.source.timestamp";
    static final String FAILED_AT = "gatehouse.failed_at";
    static final String VERSION = "gatehouse.version";
    static final String ATTEMPT = "gatehouse.attempt";

    /** Digits of an attempt that is believed; anything longer was not written by Gatehouse. */
    private static final int ATTEMPT_DIGITS = 9;

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /**
     * An original's place.
     *
     * @param timestampMs the original's Kafka timestamp, epoch milliseconds; negative when it has none
     */
    public record Source(String topic, int partition, long offset, long timestampMs) {
        @Override
        public String toString() {
            return topic + "/" + partition + "/" + offset;
        }
    }

    /** What a record of the dead-letter topic tells; empty when Gatehouse has not written it. */
    public static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        String topic = text(headers, SOURCE_TOPIC);
        String field = text(headers, FIELD);
        Optional<Reason> reason = Reason.of(text(headers, REASON));
        Optional<Field> fault = Field.of(field);
        int attempt = attempts(headers);
        if (reason.isEmpty()
                || !field.isEmpty() && fault.isEmpty()
                || attempt == 0
                || !TOPIC.matcher(topic).matches()) {
            return Optional.empty();
        }
        try {
            Source source = new Source(
                    topic,
                    Integer.parseInt(text(headers, SOURCE_PARTITION)),
                    Long.parseLong(text(headers, SOURCE_OFFSET)),
                    Long.parseLong(text(headers, SOURCE_TIMESTAMP)));
            long failedAtMs = Instant.parse(text(headers, FAILED_AT)).toEpochMilli();
            return source.partition < 0 || source.offset < 0
                    ? Optional.empty()
                    : Optional.of(
                            new DeadLetter(record, reason.get(), fault.orElse(null), source, failedAtMs, attempt));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Empty where there is none. */
    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    /** How often a record has been refused, as it tells; 0 when it does not, or what it tells is no number. */
    static int attempts(Headers headers) {
        Header told = headers.lastHeader(ATTEMPT);
        if (told == null || told.value() == null || told.value().length > ATTEMPT_DIGITS) {
            return 0;
        }
        int number = 0;
        for (byte digit : told.value()) {
            if (digit < '0' || digit > '9') {
                return 0;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    /** The original's own headers, and the one by which its next refusal counts one more. */
    public Headers headersToReplay() {
        Headers headers = new RecordHeaders(CarriedHeaders.of(record.headers()));
        headers.add(ATTEMPT, Integer.toString(attempt).getBytes(UTF_8));
        return headers;
    }
}

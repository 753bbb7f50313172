package io.gatehouse.engine.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTest {
    private static final long NOW_MS = 1_709_294_400_123L;

    @Test
    void whatIsWrittenBesideALetterIsReadAgain() {
        DeadLetter letter = DeadLetter.read(written(new RecordHeaders())).orElseThrow();
        assertThat(letter.reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(letter.field()).isEqualTo(Field.IP);
        assertThat(letter.source()).isEqualTo(new DeadLetter.Source("user-login", 3, 77, 5));
        assertThat(letter.failedAtMs()).isEqualTo(NOW_MS);
        assertThat(letter.attempt()).isEqualTo(1);
    }

    @Test
    void whatIsReplayedHasTheOriginalsHeadersAndTellsHowOftenItWasRefused() {
        Headers own = new RecordHeaders()
                .add("trace", new byte[] {0, -1})
                .add("trace", null)
                .add("gatehouse.attempt", "3".getBytes(UTF_8));
        List<String> headers = new ArrayList<>();
        DeadLetter.read(written(own))
                .orElseThrow()
                .headersToReplay()
                .forEach(header -> headers.add(
                        header.key() + "=" + (header.value() == null ? "null" : new String(header.value(), UTF_8))));
        assertThat(headers)
                .containsExactly("trace=" + new String(new byte[] {0, -1}, UTF_8), "trace=null", "gatehouse.attempt=4");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gatehouse.reason, -",
                "gatehouse.reason, odd",
                "gatehouse.field, odd",
                "gatehouse.source.topic, -",
                "gatehouse.source.topic, ../etc",
                "gatehouse.source.partition, -1",
                "gatehouse.source.offset, x",
                "gatehouse.source.timestamp, -",
                "gatehouse.failed_at, yesterday",
                "gatehouse.failed_at, +999999999-01-01T00:00:00Z",
                "gatehouse.attempt, 0",
                "gatehouse.attempt, 1e3"
            })
    void aRecordThatGatehouseHasNotWrittenIsNoLetter(String header, String value) {
        ConsumerRecord<byte[], byte[]> record = written(new RecordHeaders());
        record.headers().remove(header).add(header, value == null ? null : value.getBytes(UTF_8));
        assertThat(DeadLetter.read(record)).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> written(Headers own) {
        ConsumerRecord<byte[], byte[]> original = record("user-login", 3, 77, own);
        ProducerRecord<byte[], byte[]> letter =
                new DeadLetters("user-login-dlq", "1.0").letter(original, Reason.WRONG_TYPE, Field.IP, NOW_MS);
        return record("user-login-dlq", 0, 0, letter.headers());
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, int partition, long offset, Headers headers) {
        return new ConsumerRecord<>(
                topic, partition, offset, 5, TimestampType.CREATE_TIME, 0, 0, null, null, headers, Optional.empty());
    }
}

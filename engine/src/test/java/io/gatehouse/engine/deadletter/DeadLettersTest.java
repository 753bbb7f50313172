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
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final long NOW_MS = 1_700_000_000_007L;
    private final DeadLetters letters = new DeadLetters("dlq", "1.2.3");

    @Test
    void aDeadLetterKeepsKeyAndValueAsTheyAre() {
        byte[] key = {0, -1};
        byte[] value = {'{', -2};
        ProducerRecord<byte[], byte[]> letter = letter(key, value, new RecordHeaders());
        assertThat(letter.topic()).isEqualTo("dlq");
        assertThat(letter.key()).isSameAs(key);
        assertThat(letter.value()).isSameAs(value);
        assertThat(letter(null, null, new RecordHeaders()).value()).isNull();
    }

    @Test
    void itSaysWhyWhereAndWhen() {
        assertThat(texts(letter(null, null, new RecordHeaders()).headers()))
                .containsExactly(
                        "gatehouse.reason=wrong_type",
                        "gatehouse.field=ip",
                        "gatehouse.source.topic=user-login",
                        "gatehouse.source.partition=3",
                        "gatehouse.source.offset=77",
                        "gatehouse.source.timestamp=5",
                        "gatehouse.failed_at=2023-11-14T22:13:20.007Z",
                        "gatehouse.version=1.2.3",
                        "gatehouse.attempt=1");
    }

    @Test
    void aFaultOfTheWholeNamesNoField() {
        Headers headers = letters.letter(record(null, null, new RecordHeaders()), Reason.MALFORMED_JSON, null, NOW_MS)
                .headers();
        assertThat(headers.lastHeader("gatehouse.field")).isNull();
    }

    @Test
    void theEventsOwnHeadersStayInOrderTwinsAndNullsIncluded() {
        Headers own =
                new RecordHeaders().add("b", new byte[] {-1}).add("a", null).add("b", new byte[] {2});
        List<Header> carried = new ArrayList<>();
        letter(null, null, own).headers().forEach(carried::add);
        assertThat(carried.subList(0, 3)).containsExactly(own.toArray());
    }

    @Test
    void headersOfAnEarlierAttemptAreReplacedAndTheAttemptIsCounted() {
        Headers own = new RecordHeaders()
                .add("gatehouse.reason", "invalid_ip".getBytes(UTF_8))
                .add("x", null)
                .add("gatehouse.attempt", "4".getBytes(UTF_8));
        assertThat(texts(letter(null, null, own).headers()))
                .contains("gatehouse.reason=wrong_type", "gatehouse.attempt=5")
                .doesNotContain("gatehouse.reason=invalid_ip", "gatehouse.attempt=4");
    }

    @Test
    void anAttemptThatIsNoNumberCountsAsNone() {
        for (String odd : List.of("", "-1", "1e3", "99999999999999999999", "١")) {
            Headers own = new RecordHeaders().add("gatehouse.attempt", odd.getBytes(UTF_8));
            assertThat(texts(letter(null, null, own).headers())).contains("gatehouse.attempt=1");
        }
        Headers nothing = new RecordHeaders().add("gatehouse.attempt", null);
        assertThat(texts(letter(null, null, nothing).headers())).contains("gatehouse.attempt=1");
    }

    private ProducerRecord<byte[], byte[]> letter(byte[] key, byte[] value, Headers headers) {
        return letters.letter(record(key, value, headers), Reason.WRONG_TYPE, Field.IP, NOW_MS);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                "user-login", 3, 77, 5, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }

    private static List<String> texts(Headers headers) {
        List<String> texts = new ArrayList<>();
        headers.forEach(header ->
                texts.add(header.key() + "=" + (header.value() == null ? "null" : new String(header.value(), UTF_8))));
        return texts;
    }
}

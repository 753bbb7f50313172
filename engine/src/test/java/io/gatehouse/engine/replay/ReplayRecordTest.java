package io.gatehouse.engine.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engine.worker.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayRecordTest {
    private static final ReplayRecord RECORD = new ReplayRecord(
            Instant.parse("2024-03-01T12:00:00Z"),
            Instant.parse("2024-03-01T12:00:01.5Z"),
            "someone@somewhere",
            List.of("--reason missing_field", "--app-version \"4.2\"\u001b"),
            List.of("rename uid=user_id"),
            "user-login-dlq",
            "x3Vb9",
            3,
            OffsetRanges.of(List.of(4L, 5L, 9L)));

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(read(RECORD.toJson())).isEqualTo(RECORD);
        assertThat(new String(RECORD.toJson(), UTF_8))
                .contains("\"version\":1", "\"by\":\"someone@somewhere\"", "\"letters\":3,\"offsets\":\"4-5,9\"")
                .doesNotContain("\u001b");
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() {
        String json = new String(RECORD.toJson(), UTF_8).replaceFirst("\\{", "{\"more\":{\"a\":[1]},");
        assertThat(read(json.getBytes(UTF_8))).isEqualTo(RECORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[1]", "{\"version\":2}", "hello", "{\"version\":\"1\"}"})
    void whatIsNoRecordIsRefused(String json) {
        assertThatThrownBy(() -> read(json.getBytes(UTF_8)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the record gatehouse-replays/1/7 was not written by");
    }

    @Test
    void aRecordThatIsDamagedAnywhereIsRefusedOrStillReads() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] json = RECORD.toJson();
            json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            try {
                read(json);
            } catch (Refusal expected) {
                assertThat(expected).hasMessageContaining("gatehouse-replays/1/7");
            }
        }
    }

    @Test
    void aRecordWithoutAValueIsRefused() {
        assertThatThrownBy(() -> read(null)).isInstanceOf(Refusal.class);
    }

    private static ReplayRecord read(byte[] json) {
        return ReplayRecord.read(new ConsumerRecord<>("gatehouse-replays", 1, 7, null, json));
    }
}

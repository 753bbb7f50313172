package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    private static final long NO_RECORD_TIMESTAMP = -1;
    private static final long SEED = 20_230_912;

    @ParameterizedTest
    @CsvSource({
        "1694479551, 2023-09-12T00:45:51Z",
        "1694479551250, 2023-09-12T00:45:51.250Z",
        "946684800, 2000-01-01T00:00:00Z",
        "946684800000, 2000-01-01T00:00:00Z",
        "99999999999, 5138-11-16T09:46:39Z",
    })
    void aNumberIsSecondsOrWhenLargeMilliseconds(String digits, Instant time) {
        assertThat(ofInteger(digits)).isEqualTo(time.toEpochMilli());
        assertThat(ofString(digits)).isEqualTo(time.toEpochMilli());
        assertThat(ofString("000000000000000000000000" + digits)).isEqualTo(time.toEpochMilli());
    }

    @Test
    void aNumberMayTakeAllOfSigned64BitsAndNoMore() {
        assertThat(ofInteger("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(ofInteger("9223372036854775808")).isEqualTo(EventTime.OUT_OF_RANGE);
        assertThat(ofInteger("18446744073709551616")).isEqualTo(EventTime.OUT_OF_RANGE);
        assertThat(ofInteger("18446744075404031167")).isEqualTo(EventTime.OUT_OF_RANGE);
        assertThat(ofInteger("92233720368547758070")).isEqualTo(EventTime.OUT_OF_RANGE);
    }

    @Test
    void aLoginMayBeFiveMinutesAheadOfItsRecord() {
        long recordMs = 1_694_479_551_000L;

        assertThat(ofInteger("1694479851000", recordMs)).isEqualTo(1_694_479_851_000L);
        assertThat(ofInteger("1694479851001", recordMs)).isEqualTo(EventTime.OUT_OF_RANGE);
        assertThat(ofString("2023-09-12T00:50:51.0009Z", recordMs)).isEqualTo(1_694_479_851_000L);
        assertThat(ofString("2023-09-12T00:50:51.001Z", recordMs)).isEqualTo(EventTime.OUT_OF_RANGE);
    }

    @Test
    void recordsWithoutATimestampOrWithAVastOneSetNoLimit() {
        assertThat(ofString("9999-12-31T23:59:59Z", NO_RECORD_TIMESTAMP)).isEqualTo(253_402_300_799_000L);
        assertThat(ofString("9999-12-31T23:59:59Z", Long.MAX_VALUE)).isEqualTo(253_402_300_799_000L);
        assertThat(ofInteger("9223372036854775807", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(ofInteger("9223372036854775807", Long.MIN_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(ofInteger("9223372036854775807", 0)).isEqualTo(EventTime.OUT_OF_RANGE);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-09-12T00:45:51Z, 2023-09-12T00:45:51Z",
        "2023-09-12T00:45:51.25Z, 2023-09-12T00:45:51.250Z",
        "2023-09-12T00:45:51.2Z, 2023-09-12T00:45:51.200Z",
        "2023-09-12T00:45:51.007Z, 2023-09-12T00:45:51.007Z",
        "2023-09-12T00:45:51.123999999Z, 2023-09-12T00:45:51.123Z",
        "2023-09-12T00:45:51+02:00, 2023-09-11T22:45:51Z",
        "2023-09-12T00:45:51.5-23:59, 2023-09-13T00:44:51.500Z",
        "2023-09-12T00:45:51-00:00, 2023-09-12T00:45:51Z",
        "2024-02-29T23:59:59+00:30, 2024-02-29T23:29:59Z",
        "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
        "2000-01-01T02:00:00+02:00, 2000-01-01T00:00:00Z",
    })
    void isoDateTimesAreReadAndCutToMilliseconds(String text, Instant time) {
        assertThat(ofString(text)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T00:00:00Z",
                "2100-02-29T00:00:00Z",
                "2023-04-31T00:00:00Z",
                "2023-00-01T00:00:00Z",
                "2023-13-01T00:00:00Z",
                "2023-01-00T00:00:00Z",
                "2023-01-32T00:00:00Z",
                "2023-01-01T24:00:00Z",
                "2023-01-01T00:60:00Z",
                "2023-01-01T23:59:60Z",
                "2023-01-01T00:00:00+24:00",
                "2023-01-01T00:00:00+00:60",
                "2023-01-01T00:00:00",
                "2023-01-01T00:00:00z",
                "2023-01-01t00:00:00Z",
                "2023-01-01 00:00:00Z",
                "2023-01-01T00:00Z",
                "2023-01-01T00Z",
                "2023-01-01",
                "2023-01-01Z",
                "2023-01-01T00:00:00.Z",
                "2023-01-01T00:00:00.1234567890Z",
                "2023-01-01T00:00:00,5Z",
                "2023-01-01T00:00:00.5",
                "2023-01-01T00:00:00.-5Z",
                "2023-01-01T00:00:00+0000",
                "2023-01-01T00:00:00+00",
                "2023-01-01T00:00:00+00:00Z",
                "2023-01-01T00:00:00 Z",
                "2023-01-01T00:00:00ZZ",
                "2023-01-01T00:00:00+0a:00",
                "2023-01-01T00:00:00*00:00",
                "2023-01-01T00:00:00Z[UTC]",
                "+2023-01-01T00:00:00Z",
                "02023-01-01T00:00:00Z",
                "-023-01-01T00:00:00Z",
                "20230101T000000Z",
                "2023-1-1T0:0:0Z",
                "2023-W01-1T00:00:00Z",
                "2023-001T00:00:00Z",
                "２０２３-01-01T00:00:00Z",
                "2023/01/01T00:00:00Z",
                "Z",
                ""
            })
    void whatIsNotExactlyADateATimeAndAnOffsetIsInvalid(String text) {
        assertThat(ofString(text)).isEqualTo(EventTime.INVALID);
    }

    @Test
    void isoDateTimesAgreeWithTheClockLibraryInAllOfFourDigitYears() {
        DateTimeFormatter strict =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX").withResolverStyle(ResolverStyle.STRICT);
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = "%04d-%02d-%02dT%02d:%02d:%02d%s%02d:%02d"
                    .formatted(
                            random.nextInt(10_000),
                            random.nextInt(14),
                            random.nextInt(33),
                            random.nextInt(25),
                            random.nextInt(61),
                            random.nextInt(61),
                            random.nextBoolean() ? "+" : "-",
                            random.nextInt(18),
                            random.nextInt(60));
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

            assertThat(IsoDateTime.parse(bytes, 0, bytes.length))
                    .as("%s (seed %d)", text, SEED)
                    .isEqualTo(expected(strict, text));
        }
    }

    private static long expected(DateTimeFormatter strict, String text) {
        try {
            return OffsetDateTime.parse(text, strict).toInstant().toEpochMilli();
        } catch (DateTimeException invalid) {
            return IsoDateTime.INVALID;
        }
    }

    private static long ofInteger(String digits) {
        return ofInteger(digits, NO_RECORD_TIMESTAMP);
    }

    private static long ofInteger(String digits, long recordTimestampMs) {
        byte[] bytes = digits.getBytes(StandardCharsets.UTF_8);
        return EventTime.ofInteger(bytes, 0, bytes.length, recordTimestampMs);
    }

    private static long ofString(String text) {
        return ofString(text, NO_RECORD_TIMESTAMP);
    }

    /** Amid other bytes, so that reading past either end would show. */
    private static long ofString(String text, long recordTimestampMs) {
        byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
        return EventTime.ofString(bytes, 1, bytes.length - 1, recordTimestampMs);
    }
}

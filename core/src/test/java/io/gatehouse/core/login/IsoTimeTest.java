package io.gatehouse.core.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsoTimeTest {
    private static final long DAY_MS = 86_400_000;

    private final IsoTime time = new IsoTime();

    @Test
    void everyDayOfEightCenturiesIsWhatTheLibrarySays() {
        for (long day = 0; day < 800 * 366; day++) {
            assertSame(day * DAY_MS);
        }
    }

    @Test
    void anyMomentIsWhatTheLibrarySays() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            assertSame(random.nextLong() >>> 1 + random.nextInt(40));
        }
        assertSame(Long.MAX_VALUE);
    }

    @Test
    void theDateKeptFromOneMomentIsNotTheNextOnes() {
        assertSame(DAY_MS - 1);
        assertSame(DAY_MS);
        assertSame(DAY_MS - 1);
        assertSame(0);
    }

    @Test
    void millisecondsAreWrittenWhereAskedFor() {
        byte[] to = new byte[IsoTime.MAX_BYTES];
        int end = time.writeWithMs(1_709_726_400_000L, to, 0);
        assertThat(new String(to, 0, end, US_ASCII)).isEqualTo("2024-03-06T12:00:00.000Z");
    }

    private void assertSame(long epochMs) {
        byte[] to = new byte[IsoTime.MAX_BYTES];
        int end = time.write(epochMs, to, 0);
        assertThat(new String(to, 0, end, US_ASCII))
                .isEqualTo(Instant.ofEpochMilli(epochMs).toString());
    }
}

package io.gatehouse.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveSessionsTest {
    private static final long MINUTE_MS = 1 << 16;

    @ParameterizedTest(name = "a gap of {0} ms")
    @ValueSource(longs = {1, 30_000, 60_000, 90_000, 1_800_000, 10_000_000_000L})
    void asManyAsAFullCountFindsToTheSpan(long gapMs) {
        Random random = new Random(gapMs);
        long spanMs = MINUTE_MS;
        while (spanMs * 1440 <= gapMs) {
            spanMs *= 2;
        }
        ActiveSessions active = new ActiveSessions(gapMs);
        long[] lastMs = new long[50];
        Arrays.fill(lastMs, -1);
        long eventTimeMs = 1_000_000_000_000L;
        for (int i = 0; i < 20_000; i++) {
            int user = random.nextInt(lastMs.length);
            if (lastMs[user] >= 0) {
                active.leave(lastMs[user]);
            }
            lastMs[user] = -1;
            if (random.nextInt(10) > 0) {
                eventTimeMs += (long) (gapMs * random.nextDouble() * random.nextInt(3) / 10);
                lastMs[user] =
                        random.nextInt(4) == 0 ? eventTimeMs : eventTimeMs - (long) (gapMs * random.nextDouble());
                active.enter(lastMs[user]);
            }
            active.advance(eventTimeMs);
            long span = spanMs;
            long newest = eventTimeMs / span;
            long spans = (gapMs + span - 1) / span + 1;
            long open = Arrays.stream(lastMs)
                    .filter(last -> last >= 0 && last / span > newest - spans)
                    .count();
            assertThat(active.open()).isEqualTo(open);
        }
    }

    @Test
    void aSessionIsOpenForAGapAfterItsLastLogin() {
        ActiveSessions active = new ActiveSessions(30 * MINUTE_MS);
        active.enter(0);
        active.advance(30 * MINUTE_MS);
        assertThat(active.open()).isEqualTo(1);
        active.advance(31 * MINUTE_MS);
        assertThat(active.open()).isZero();
    }
}

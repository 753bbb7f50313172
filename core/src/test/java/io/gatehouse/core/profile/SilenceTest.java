package io.gatehouse.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long WAIT_MS = 35 * 60_000;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final long EVENT_TIME_MS = NOW_MS - 86_400_000;

    private final Silence silence = new Silence(WAIT_MS);

    @Test
    void whileLoginsComeEventTimeDecides() {
        silence.heard(NOW_MS);
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS + WAIT_MS)).isEqualTo(EVENT_TIME_MS - WAIT_MS);
    }

    @Test
    void onAnIdlePartitionAllSessionsAreOver() {
        silence.heard(NOW_MS);
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS + WAIT_MS + 1)).isEqualTo(Long.MAX_VALUE);
        silence.heard(NOW_MS + WAIT_MS + 2);
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS + WAIT_MS + 2)).isEqualTo(EVENT_TIME_MS - WAIT_MS);
    }

    @Test
    void afterATakeoverIdlenessCountsFromTheFirstQuestion() {
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS)).isEqualTo(EVENT_TIME_MS - WAIT_MS);
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS + WAIT_MS)).isEqualTo(EVENT_TIME_MS - WAIT_MS);
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS + WAIT_MS + 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aClockThatIsSetBackBeginsAnew() {
        silence.heard(NOW_MS);
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS - WAIT_MS)).isEqualTo(EVENT_TIME_MS - WAIT_MS);
        assertThat(silence.endedBeforeMs(EVENT_TIME_MS, NOW_MS + 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(silence.slots(NOW_MS, 1_000)).isZero();
        assertThat(silence.slots(NOW_MS - 10, 1_000)).isZero();
        assertThat(silence.slots(NOW_MS, 1_000)).isEqualTo(10);
    }

    @Test
    void beforeTheFirstLoginNothingIsOver() {
        assertThat(silence.endedBeforeMs(Long.MIN_VALUE, NOW_MS)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aFewUsersAreAllLookedAtWithinASecondHoweverOftenItIsAsked() {
        for (int stepMs : new int[] {1, 7, 50, 500}) {
            assertThat(looks(16_000, stepMs, 1_000)).as("every %d ms", stepMs).isBetween(16_000L, 16_000L * 11 / 10);
        }
    }

    @Test
    void moreUsersAreAllLookedAtWithinTenSecondsHoweverOftenItIsAsked() {
        for (int stepMs : new int[] {1, 7, 50, 500}) {
            assertThat(looks(1 << 20, stepMs, 10_000))
                    .as("every %d ms", stepMs)
                    .isBetween(1L << 20, (1L << 20) * 11 / 10);
        }
    }

    private static long looks(long slots, int stepMs, long withinMs) {
        Silence walked = new Silence(WAIT_MS);
        walked.slots(NOW_MS, slots);
        long looks = 0;
        for (long ms = stepMs; ms < withinMs + stepMs; ms += stepMs) {
            looks += walked.slots(NOW_MS + ms, slots);
        }
        return looks;
    }

    @Test
    void moreUsersNeverMakeFewerLooks() {
        for (long slots = 1 << 12; slots <= 1 << 22; slots <<= 1) {
            assertThat(looks(slots, 10, 1_000)).as("%d slots", slots).isLessThanOrEqualTo(looks(2 * slots, 10, 1_000));
        }
    }

    @Test
    void manyUsersAndLongPausesMakeNoCallLong() {
        silence.slots(NOW_MS, 1 << 26);
        assertThat(silence.slots(NOW_MS + 10, 1 << 26)).isEqualTo(2_560);
        assertThat(silence.slots(NOW_MS + 60_000, 1 << 26)).isEqualTo(131_072);
    }
}

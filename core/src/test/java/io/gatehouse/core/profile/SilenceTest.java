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
        assertThat(silence.slots(NOW_MS, 1_000)).isEqualTo(1);
    }

    @Test
    void beforeTheFirstLoginNothingIsOver() {
        assertThat(silence.endedBeforeMs(Long.MIN_VALUE, NOW_MS)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void allUsersAreLookedAtWithinTenSecondsHoweverOftenItIsAsked() {
        for (int stepMs : new int[] {1, 7, 50, 500}) {
            silence.slots(NOW_MS, 4_096);
            long looks = 0;
            for (long ms = stepMs; ms <= 10_500; ms += stepMs) {
                looks += silence.slots(NOW_MS + ms, 4_096);
            }
            assertThat(looks).as("every %d ms", stepMs).isBetween(4_096L, 4_096L * 11 / 10);
        }
    }

    @Test
    void manyUsersAndLongPausesMakeNoCallLong() {
        silence.slots(NOW_MS, 1 << 26);
        assertThat(silence.slots(NOW_MS + 10, 1 << 26)).isEqualTo(2_560);
        assertThat(silence.slots(NOW_MS + 60_000, 1 << 26)).isEqualTo(131_072);
    }
}

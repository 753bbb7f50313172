package io.gatehouse.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Histogram;
import org.junit.jupiter.api.Test;

class DurationsTest {
    private final Durations durations = new Durations(0.1, 1);

    @Test
    void aBoundBelongsToTheBucketBelowIt() {
        durations.add(0.1);
        durations.add(0.11);
        durations.add(1);
        durations.add(1.5);

        assertThat(durations.snapshot().bounds()).containsExactly(0.1, 1.0, Double.POSITIVE_INFINITY);
        assertThat(durations.snapshot().counts()).containsExactly(1L, 2L, 1L);
        assertThat(durations.snapshot().sum()).isEqualTo(0.1 + 0.11 + 1 + 1.5);
    }

    @Test
    void aRecordFromTheFutureHasNoAge() {
        durations.add(-5);

        assertThat(durations.snapshot().counts()).containsExactly(1L, 0L, 0L);
        assertThat(durations.snapshot().sum()).isZero();
    }

    @Test
    void severalAreAddedUpAndNoneMakesNoDifference() {
        durations.add(0.5);
        Histogram one = durations.snapshot();

        assertThat(one.plus(one).counts()).containsExactly(0L, 2L, 0L);
        assertThat(one.plus(one).sum()).isEqualTo(1);
        assertThat(Histogram.NONE.plus(one)).isEqualTo(one.plus(Histogram.NONE)).isEqualTo(one);
    }

    @Test
    void agesAreCountedAtTheCommitAndOnce() {
        Timestamps timestamps = new Timestamps();
        for (int i = 0; i < 1000; i++) {
            timestamps.add(1_000 + i % 2 * 900);
        }
        timestamps.add(-1);
        timestamps.committed(2_000, durations);
        timestamps.committed(9_000, durations);

        assertThat(durations.snapshot().counts()).containsExactly(500L, 500L, 0L);
    }
}

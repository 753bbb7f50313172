package io.gatehouse.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Lags;
import io.gatehouse.engine.lag.LagStatus;
import io.gatehouse.engine.lag.StableEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagMetersTest {
    @Test
    void theVerdictThatHoldsIsOneAndTheOthersAreThereToo() {
        assertThat(page(new LagStatus(List.of(Lags.stalled(3)), List.of(), List.of())))
                .contains("gatehouse_lag_verdict{partition=\"3\",verdict=\"stalled\"} 1.0\n")
                .contains("gatehouse_lag_verdict{partition=\"3\",verdict=\"ok\"} 0.0\n")
                .contains("gatehouse_lag_verdict{partition=\"3\",verdict=\"falling_behind\"} 0.0\n")
                .contains("gatehouse_lag_verdict{partition=\"3\",verdict=\"stopped\"} 0.0\n")
                .doesNotContain("unknown");
    }

    @Test
    void aPartitionWithoutATrendHasNoVerdict() {
        assertThat(page(new LagStatus(List.of(Lags.unknown(3)), List.of(), List.of())))
                .doesNotContainPattern("gatehouse_lag_verdict\\{.*} 1.0")
                .contains("gatehouse_time_to_drain_seconds{partition=\"3\"} NaN\n");
    }

    @Test
    void timeToDrainIsNoNumberForNever() {
        LagStatus status = new LagStatus(List.of(Lags.ok(0), Lags.draining(1), Lags.stalled(2)), List.of(), List.of());

        assertThat(page(status))
                .contains("gatehouse_time_to_drain_seconds{partition=\"0\"} 0.0\n")
                .contains("gatehouse_time_to_drain_seconds{partition=\"1\"} 124.0\n")
                .contains("gatehouse_time_to_drain_seconds{partition=\"2\"} NaN\n");
    }

    @Test
    void howLongReadersAreHeldUpIsToldInSeconds() {
        StableEnd free = new StableEnd(0, 0, Duration.ZERO);
        StableEnd stuck = new StableEnd(1, 9, Duration.ofMillis(75_500));

        assertThat(page(new LagStatus(List.of(), List.of(), List.of(free, stuck))))
                .contains("gatehouse_last_stable_offset_stuck_seconds{partition=\"0\"} 0.0\n")
                .contains("gatehouse_last_stable_offset_stuck_seconds{partition=\"1\"} 75.5\n");
    }

    private static String page(LagStatus status) {
        try (Metrics metrics = new Metrics(List.of(page -> LagMeters.add(status, page)))) {
            return metrics.page(null).text();
        }
    }
}

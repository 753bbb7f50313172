package io.gatehouse.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.lab.chaos.SoakResult.Measurement;
import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.reference.CheckReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakResultTest {
    private static final PipelineCheck.Report CONTENT =
            new PipelineCheck.Report(new CheckReport(1, 1, 0, 1, 0, 0, Map.of(), List.of()), Map.of());

    @Test
    void whatGrowsDuringTheWarmUpDoesNotCount() {
        SoakResult result = soak(40, minute -> minute < 20 ? 1_000 * (minute + 1) : 20_000);
        assertThat(result.growth()).isZero();
        assertThat(result.isContent()).isTrue();
    }

    @Test
    void aHeapThatGrowsSteadilyIsFound() {
        SoakResult result = soak(60, minute -> 100_000 + 500 * minute);
        assertThat(result.growth()).isCloseTo(0.16, within(0.01));
        assertThat(result.isContent()).isFalse();
    }

    @Test
    void oneHighMeasurementIsNoGrowth() {
        assertThat(soak(40, minute -> minute == 39 ? 200_000 : 100_000).growth())
                .isZero();
    }

    @Test
    void tooFewMeasurementsProveNothing() {
        SoakResult result = soak(25, minute -> 100_000);
        assertThat(result.growth()).isNaN();
        assertThat(result.isContent()).isFalse();
    }

    /** A measurement a minute, and a warm-up of twenty. */
    private static SoakResult soak(int minutes, LongUnaryOperator bytes) {
        List<Measurement> measurements = LongStream.range(0, minutes)
                .mapToObj(minute -> new Measurement(Duration.ofMinutes(minute), bytes.applyAsLong(minute)))
                .toList();
        return new SoakResult(measurements, 2 * minutes, Duration.ofMinutes(20), CONTENT);
    }
}

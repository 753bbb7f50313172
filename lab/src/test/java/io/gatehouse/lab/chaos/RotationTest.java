package io.gatehouse.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final List<Fault> ALL = Faults.all(1_000);
    private static final int ROUND = ALL.stream().mapToInt(Fault::share).sum();

    @Test
    void eachRoundHasEveryKindAsOftenAsItsShare() {
        Rotation rotation = new Rotation(ALL, 7);
        for (int round = 0; round < 3; round++) {
            Map<Fault, Long> came = Stream.generate(rotation::next)
                    .limit(ROUND)
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(came).hasSameSizeAs(ALL);
            came.forEach((fault, times) -> assertThat(times).as(fault.name()).isEqualTo(fault.share()));
        }
    }

    @Test
    void aSeedDecidesTheOrderAndTheDistances() {
        assertThat(beginning(7)).isEqualTo(beginning(7)).isNotEqualTo(beginning(8));
    }

    @Test
    void anotherFaultBeginsAfterTwentyToThirtySeconds() {
        Rotation rotation = new Rotation(ALL, 7);
        assertThat(Stream.generate(rotation::distance).limit(1_000))
                .allMatch(distance -> distance.compareTo(Duration.ofSeconds(20)) >= 0
                        && distance.compareTo(Duration.ofSeconds(30)) <= 0);
    }

    private static List<String> beginning(long seed) {
        Rotation rotation = new Rotation(ALL, seed);
        return Stream.generate(() -> rotation.next().name() + " " + rotation.distance())
                .limit(20)
                .toList();
    }
}

package io.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsLogTest {
    @Test
    void aLineTellsWhatHappenedSinceTheLastOne() {
        assertThat(StatisticsLog.line(
                        Statuses.tally(100, Map.of("invalid_ip", 3L)),
                        Statuses.counting(300, Map.of("invalid_ip", 3L, "empty_value", 1L)),
                        Duration.ofSeconds(10)))
                .isEqualTo("201 events in (20.1/s): 200 processed, 1 refused (empty_value 1); lag 17, 42 users, 7 in a"
                        + " session; 1 partitions, 10 commits and 1 aborts since the start");
    }
}

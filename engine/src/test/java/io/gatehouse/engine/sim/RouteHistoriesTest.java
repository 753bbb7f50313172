package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The routing stage in the same simulated Kafka; {@code -Dgatehouse.history.seed=N} runs one history alone. */
class RouteHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("gatehouse.histories", 500);
    private static final int HISTORIES_TO_FIND_A_FLAW = 1500;

    @Test
    void everyRecordIsRoutedOrBecomesADeadLetterExactlyOnceInAnyHistory() {
        Long only = Long.getLong("gatehouse.history.seed");
        if (only != null) {
            run(only);
            return;
        }
        long first = System.nanoTime();
        System.out.println("routing histories from seed " + first);
        LongStream.range(first, first + HISTORIES).forEach(RouteHistoriesTest::run);
    }

    private static void run(long seed) {
        try {
            new RouteHistory(seed, Flaws.NONE).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("routing history " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void routingHistoriesAreHarsh() {
        Set<String> witnessed = new TreeSet<>();
        for (long seed = 0; seed < 50; seed++) {
            RouteHistory history = new RouteHistory(seed, Flaws.NONE);
            history.run();
            witnessed.addAll(history.witnessed());
        }
        assertThat(witnessed)
                .contains(
                        "answer to commit lost",
                        "killed in mid-call",
                        "offsets refused by the group",
                        "partitions lost",
                        "partitions revoked",
                        "request for commit lost",
                        "stalled in mid-call",
                        "transaction timed out");
    }

    @Test
    void offsetsTakenFromExpelledRoutersAreFoundOut() {
        assertThat(findsOut(Flaws.UNFENCED_OFFSETS)).isTrue();
    }

    @Test
    void offsetsThatAreNotStableAreFoundOut() {
        assertThat(findsOut(Flaws.UNSTABLE_OFFSETS)).isTrue();
    }

    private static boolean findsOut(Flaws flaw) {
        return LongStream.range(0, HISTORIES_TO_FIND_A_FLAW).anyMatch(seed -> {
            try {
                new RouteHistory(seed, flaw).run();
                return false;
            } catch (AssertionError found) {
                return true;
            }
        });
    }
}

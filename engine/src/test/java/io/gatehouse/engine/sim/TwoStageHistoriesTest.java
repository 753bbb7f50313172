package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Both stages in one simulated Kafka; {@code -Dgatehouse.history.seed=N} runs one history alone. */
class TwoStageHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("gatehouse.histories", 300);
    private static final int HISTORIES_TO_FIND_A_FLAW = 1500;

    @Test
    void throughBothStagesNothingIsLostDoubledReorderedOrForgottenInAnyHistory() {
        Long only = Long.getLong("gatehouse.history.seed");
        if (only != null) {
            run(only);
            return;
        }
        long first = System.nanoTime();
        System.out.println("two-stage histories from seed " + first);
        LongStream.range(first, first + HISTORIES).forEach(TwoStageHistoriesTest::run);
    }

    private static void run(long seed) {
        try {
            TwoStageHistory history = new TwoStageHistory(seed, Flaws.NONE);
            history.run();
            assertThat(history.refusals()).isEmpty();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("two-stage history " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void twoStageHistoriesAreHarsh() {
        Set<String> witnessed = new TreeSet<>();
        long records = 0;
        for (long seed = 0; seed < 50; seed++) {
            TwoStageHistory history = new TwoStageHistory(seed, Flaws.NONE);
            history.run();
            witnessed.addAll(history.witnessed());
            records += history.records();
        }
        assertThat(records).isGreaterThan(50 * 100);
        assertThat(witnessed)
                .contains(
                        "answer to commit lost",
                        "killed in mid-call",
                        "offsets refused by the group",
                        "partitions lost",
                        "partitions revoked",
                        "producer fenced",
                        "request for commit lost",
                        "stalled in mid-call",
                        "transaction timed out");
    }

    @Test
    void offsetsTakenFromExpelledMembersAreFoundOut() {
        assertThat(findsOut(Flaws.UNFENCED_OFFSETS)).isTrue();
    }

    private static boolean findsOut(Flaws flaw) {
        return LongStream.range(0, HISTORIES_TO_FIND_A_FLAW).anyMatch(seed -> {
            try {
                new TwoStageHistory(seed, flaw).run();
                return false;
            } catch (AssertionError found) {
                return true;
            }
        });
    }
}

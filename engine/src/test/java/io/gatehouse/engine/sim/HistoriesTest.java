package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exactly once, proven over thousands of histories. A failure names its seed; {@code -Dgatehouse.history.seed=N} runs
 * that history alone.
 */
class HistoriesTest {
    private static final int HISTORIES = Integer.getInteger("gatehouse.histories", 1500);
    private static final int HISTORIES_TO_FIND_A_FLAW = 1500;
    private static final int HISTORIES_WITHOUT_MEMORY = 300;

    @Test
    void nothingIsLostDoubledReorderedOrForgottenInAnyHistory() {
        Long only = Long.getLong("gatehouse.history.seed");
        if (only != null) {
            new History(only, Flaws.NONE).run();
            return;
        }
        long first = System.nanoTime();
        System.out.println("histories from seed " + first);
        for (long seed = first; seed < first + HISTORIES; seed++) {
            run(seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theSameHoldsForHistoriesThatAreAlwaysTheSame(long block) {
        for (long seed = block * 1000; seed < block * 1000 + 20; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        try {
            History history = new History(seed, Flaws.NONE);
            history.run();
            assertThat(history.refusals()).isEmpty();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("history " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void nothingIsLostOrDoubledWhereNothingIsRememberedOfUsers() {
        for (long seed = 0; seed < HISTORIES_WITHOUT_MEMORY; seed++) {
            try {
                new History(seed, Flaws.NONE, false).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history " + seed + " without memory: " + e.getMessage(), e);
            }
        }
    }

    @Test
    void withoutMemoryOffsetsThatAreNotStableAreFoundOut() {
        assertThat(findsOut(seed -> new History(seed, Flaws.UNSTABLE_OFFSETS, false)))
                .isTrue();
    }

    @Test
    void historiesAreHarsh() {
        Set<String> witnessed = new TreeSet<>();
        for (long seed = 0; seed < 100; seed++) {
            History history = new History(seed, Flaws.NONE);
            history.run();
            witnessed.addAll(history.witnessed());
        }
        assertThat(witnessed)
                .containsExactly(
                        "answer to commit lost",
                        "dead owner fenced",
                        "journal trimmed",
                        "killed in mid-call",
                        "offsets refused by the group",
                        "partitions lost",
                        "partitions revoked",
                        "producer fenced",
                        "request for commit lost",
                        "stalled in mid-call",
                        "transaction aborted by its producer",
                        "transaction timed out");
    }

    @Test
    void offsetsTakenFromExpelledMembersAreFoundOut() {
        assertThat(findsOut(Flaws.UNFENCED_OFFSETS)).isTrue();
    }

    @Test
    void journalsReadWithAbortedRecordsAreFoundOut() {
        assertThat(findsOut(Flaws.DIRTY_READS)).isTrue();
    }

    @Test
    void offsetsThatAreNotStableTogetherWithAnEndThatIsTooEarlyAreFoundOut() {
        assertThat(findsOut(Flaws.UNSTABLE_OFFSETS_AND_COMMITTED_END)).isTrue();
    }

    @Test
    void offsetsThatAreNotStableAreRefusedBecauseTheJournalDisagrees() {
        assertThat(refuses(Flaws.UNSTABLE_OFFSETS)).isTrue();
    }

    @Test
    void aJournalEndThatIsTooEarlyIsRefusedBecauseTheOffsetDisagrees() {
        assertThat(refuses(Flaws.COMMITTED_END)).isTrue();
    }

    private static boolean findsOut(Flaws flaw) {
        return findsOut(seed -> new History(seed, flaw));
    }

    private static boolean findsOut(LongFunction<History> histories) {
        return LongStream.range(0, HISTORIES_TO_FIND_A_FLAW).anyMatch(seed -> {
            try {
                histories.apply(seed).run();
                return false;
            } catch (AssertionError found) {
                return true;
            }
        });
    }

    private static boolean refuses(Flaws flaw) {
        return LongStream.range(0, HISTORIES_TO_FIND_A_FLAW).anyMatch(seed -> {
            History history = new History(seed, flaw);
            history.run();
            return !history.refusals().isEmpty();
        });
    }
}

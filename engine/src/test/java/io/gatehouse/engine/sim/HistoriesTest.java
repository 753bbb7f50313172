package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exactly once, proven over thousands of histories. A failure names its seed; {@code -Dgatehouse.history.seed=N} runs
 * that history alone.
 */
class HistoriesTest {
    private static final Histories HISTORIES = new Histories("ordinary", seed -> new History(seed, Flaws.NONE));

    @Test
    void nothingIsLostDoubledReorderedOrForgottenInAnyHistory() {
        HISTORIES.run(1500);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theSameHoldsForHistoriesThatAreAlwaysTheSame(long block) {
        HISTORIES.run(block * 1000, block * 1000 + 20);
    }

    @Test
    void nothingIsLostOrDoubledWhereNothingIsRememberedOfUsers() {
        new Histories("memoryless", seed -> new History(seed, Flaws.NONE, false)).run(0, 300);
    }

    @Test
    void whereEachCommitIsAnsweredTheLedgerCountsAllThereIs() {
        new Histories("undisturbed", seed -> new History(seed, Flaws.NONE).undisturbed()).run(0, 100);
    }

    @Test
    void historiesAreHarsh() {
        assertThat(HISTORIES.witnessed(100))
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
}

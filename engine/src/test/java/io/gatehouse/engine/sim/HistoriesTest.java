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
    void withoutMemoryOffsetsThatAreNotStableAreFoundOut() {
        assertThat(new Histories("flawed", seed -> new History(seed, Flaws.UNSTABLE_OFFSETS, false)).findOut())
                .isTrue();
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

    @Test
    void offsetsTakenFromExpelledMembersAreFoundOut() {
        assertThat(flawed(Flaws.UNFENCED_OFFSETS).findOut()).isTrue();
    }

    @Test
    void journalsReadWithAbortedRecordsAreFoundOut() {
        assertThat(flawed(Flaws.DIRTY_READS).findOut()).isTrue();
    }

    @Test
    void offsetsThatAreNotStableTogetherWithAnEndThatIsTooEarlyAreFoundOut() {
        assertThat(flawed(Flaws.UNSTABLE_OFFSETS_AND_COMMITTED_END).findOut()).isTrue();
    }

    @Test
    void offsetsThatAreNotStableAreRefusedBecauseTheJournalDisagrees() {
        assertThat(flawed(Flaws.UNSTABLE_OFFSETS).refuse()).isTrue();
    }

    @Test
    void aJournalEndThatIsTooEarlyIsRefusedBecauseTheOffsetDisagrees() {
        assertThat(flawed(Flaws.COMMITTED_END).refuse()).isTrue();
    }

    private static Histories flawed(Flaws flaw) {
        return new Histories("flawed", seed -> new History(seed, flaw));
    }
}

package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The histories can fail: each notices when a guarantee of Kafka is taken away that the engine rests on. */
class FlawedHistoriesTest {
    @Test
    void withoutMemoryOffsetsThatAreNotStableAreFoundOut() {
        assertThat(new Histories("flawed", seed -> new History(seed, Flaws.UNSTABLE_OFFSETS, false)).findOut())
                .isTrue();
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
    void aResultThatIsLostMakesTheLedgerDiffer() {
        assertThat(flawed(Flaws.LOST_RESULTS).differ()).isTrue();
    }

    @Test
    void aRecordThatIsLostOnItsWayToItsUserMakesTheLedgerDiffer() {
        assertThat(new Histories("flawed", seed -> new RouteHistory(seed, Flaws.LOST_RESULTS)).differ())
                .isTrue();
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

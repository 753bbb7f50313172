package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Both stages in one simulated Kafka. */
class TwoStageHistoriesTest {
    private static final Histories HISTORIES =
            new Histories("two-stage", seed -> new TwoStageHistory(seed, Flaws.NONE));

    @Test
    void throughBothStagesNothingIsLostDoubledReorderedOrForgottenInAnyHistory() {
        HISTORIES.run(300);
    }

    @Test
    void whereEachCommitIsAnsweredTheLedgersOfBothStagesCountAllThereIs() {
        new Histories("undisturbed", seed -> new TwoStageHistory(seed, Flaws.NONE).undisturbed()).run(0, 50);
    }

    @Test
    void twoStageHistoriesAreHarsh() {
        assertThat(HISTORIES.witnessed(50))
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
    void twoStageHistoriesAreLong() {
        long records = 0;
        for (long seed = 0; seed < 50; seed++) {
            TwoStageHistory history = new TwoStageHistory(seed, Flaws.NONE);
            history.run();
            records += history.records();
        }
        assertThat(records).isGreaterThan(50 * 100);
    }

    @Test
    void offsetsTakenFromExpelledMembersAreFoundOut() {
        assertThat(new Histories("flawed", seed -> new TwoStageHistory(seed, Flaws.UNFENCED_OFFSETS)).findOut())
                .isTrue();
    }
}

package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The routing stage in the same simulated Kafka. */
class RouteHistoriesTest {
    private static final Histories HISTORIES = new Histories("routing", seed -> new RouteHistory(seed, Flaws.NONE));

    @Test
    void everyRecordIsRoutedOrBecomesADeadLetterExactlyOnceInAnyHistory() {
        HISTORIES.run(500);
    }

    @Test
    void routingHistoriesAreHarsh() {
        assertThat(HISTORIES.witnessed(50))
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
        return new Histories("flawed", seed -> new RouteHistory(seed, flaw)).findOut();
    }
}

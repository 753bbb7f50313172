package io.gatehouse.lab.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.generate.KeyChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KillRoundTest {
    private static final long EVENTS = 10_000;

    @TempDir
    private Path logs;

    @Test
    void aWorkerProcessKilledInMidTransactionLosesAndRepeatsNothing() throws Exception {
        // With commits this seldom, a kill finds a transaction open unless it comes in the first moments of a life,
        // also
        // where a busy machine takes a second to notice that the worker has begun; and with events this slow, a worker
        // that is slow to start begins its work before they end.
        Map<String, String> seldomCommits = Map.of("commit.interval", "5s");
        KillSettings settings = new KillSettings(
                EVENTS,
                500,
                KeyChoice.USER,
                0.05,
                500,
                Duration.ofDays(2),
                2,
                1,
                4,
                Duration.ofSeconds(90),
                logs,
                seldomCommits);
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()
                .with("group.consumer.session.timeout.ms", "6000")
                .start()) {
            RoundResult result =
                    new KillRound(settings, ExpectedPlaces.of(null), broker.bootstrap(), "mid-transaction", 1).run();
            assertThat(result.verdict()).as("seed 1").isEqualTo(RoundResult.CONTENT);
            assertThat(result.kills()).isEqualTo(2);
            assertThat(result.inTransaction()).isPositive();
            assertThat(result.events()).isEqualTo(EVENTS);
            assertThat(result.sessions()).isGreaterThan(500);
            assertThat(result.statistics()).isGreaterThan(500);
        }
    }

    @Test
    void theSameSeedKillsTheSameWorkersAtTheSameMoments() {
        List<KillPlan.Kill> plan = KillPlan.of(7, 2, 3, 200_000);
        assertThat(plan).isEqualTo(KillPlan.of(7, 2, 3, 200_000)).isNotEqualTo(KillPlan.of(8, 2, 3, 200_000));
        assertThat(plan).hasSize(6).filteredOn(kill -> kill.worker() == 1).hasSize(3);
    }
}

package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A worker that was long given up for dead, and does not know it. */
class ZombieTest {
    private static final String INPUT = "user-login";
    private static final String PROCESSED = "processed-user-login";
    private static final String DEAD_LETTERS = "user-login-dlq";
    private static final String SESSIONS = "login-sessions";
    private static final String STATISTICS = "login-stats";
    private static final String STATE = "gatehouse-state";

    private final Random random = new Random(9);
    private SimKafka kafka;

    /** Time that stands still for one worker between its poll and what it does next, while all others go on. */
    private final class StoppedClock implements Ticker {
        private Runnable meanwhile = () -> {};

        @Override
        public long wallMs() {
            Runnable others = meanwhile;
            meanwhile = () -> {};
            others.run();
            return kafka.wallMs();
        }

        @Override
        public long monotonicNs() {
            return kafka.monotonicNs();
        }
    }

    @Test
    void sessionsThatAZombieClosesOnAnIdlePartitionAreNotPublished() {
        aZombieClosesSessions(Flaws.NONE);
        assertThat(kafka.witnessed()).contains("offsets refused by the group");
    }

    @Test
    void withoutFencingTheyArePublishedOnceMore() {
        assertThat(catchThrowable(() -> aZombieClosesSessions(Flaws.UNFENCED_OFFSETS)))
                .isInstanceOf(AssertionError.class);
    }

    private void aZombieClosesSessions(Flaws flaws) {
        kafka = new SimKafka(random, flaws, INPUT, 1, List.of(PROCESSED, DEAD_LETTERS, SESSIONS, STATISTICS, STATE), 0);
        SimTraffic traffic = new SimTraffic(kafka, INPUT, random);
        StoppedClock clock = new StoppedClock();
        Worker zombie = worker("zombie", clock);
        traffic.append(40);
        for (int i = 0; i < 2_000 && !kafka.isDrained(INPUT); i++) {
            turn(zombie, 100);
        }
        turn(zombie, 100);

        Worker successor = worker("successor", kafka);
        clock.meanwhile = () -> {
            for (int i = 0; i < 500; i++) {
                turn(successor, 5_000);
            }
            new SimChecker(kafka, INPUT).checkSessions(SESSIONS, STATISTICS);
        };
        // It has polled, and finds on its clock that nothing came for as long as a session is waited for.
        for (int i = 0; i < 100; i++) {
            turn(zombie, 100);
        }

        new SimChecker(kafka, INPUT).checkSessions(SESSIONS, STATISTICS);
    }

    private void turn(Worker worker, long ms) {
        kafka.pass(ms);
        worker.turn();
    }

    private Worker worker(String instance, Ticker ticker) {
        EngineSettings settings = SimSettings.of(
                instance, EngineSettings.Start.EARLIEST, Duration.ZERO, 100, 1 << 20, JudgeSettings.DEFAULTS);
        return new Worker(
                0,
                settings,
                new GeoTables(GeoTable.empty()),
                new UserBudget(1_000_000),
                () -> 1,
                new SimClients(kafka),
                kafka,
                ticker);
    }
}

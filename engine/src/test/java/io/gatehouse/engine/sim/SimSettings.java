package io.gatehouse.engine.sim;

import io.gatehouse.core.JudgeSettings;
import io.gatehouse.engine.EngineSettings;
import java.time.Duration;
import java.util.Map;

/** What engines in the simulated Kafka are told. */
final class SimSettings {
    private static final EngineSettings.Topics TOPICS = new EngineSettings.Topics(
            "user-login", "processed-user-login", "user-login-dlq", "login-sessions", "login-stats", "gatehouse-state");

    private SimSettings() {}

    /** A process that begins at the beginning, and whose input is keyed. */
    static EngineSettings of(String instance) {
        return of(instance, EngineSettings.Start.EARLIEST, JudgeSettings.DEFAULTS);
    }

    static EngineSettings of(String instance, EngineSettings.Start start, JudgeSettings judge) {
        return of(instance, start, Duration.ofMillis(10), 100, 1 << 20, judge);
    }

    static EngineSettings of(
            String instance,
            EngineSettings.Start start,
            Duration commitInterval,
            int maxTransactionEvents,
            long sweepFloorBytes,
            JudgeSettings judge) {
        return new EngineSettings(
                "gatehouse",
                "1.0",
                instance,
                TOPICS,
                new EngineSettings.Routing(EngineSettings.Partitioning.KEYED, "gatehouse-by-user", 1),
                1,
                start,
                commitInterval,
                maxTransactionEvents,
                1_000_000,
                sweepFloorBytes,
                judge,
                Duration.ofSeconds(5),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** The contract's settings with nothing remembered of users. */
    static JudgeSettings withoutMemory() {
        JudgeSettings judge = JudgeSettings.DEFAULTS;
        return new JudgeSettings(
                judge.maxEventBytes(),
                judge.sessionGapMs(),
                judge.retentionMs(),
                judge.sessionsLatenessMs(),
                false,
                judge.fieldNames(),
                judge.statsWindowMs(),
                judge.statsPublishIntervalMs(),
                true,
                true);
    }
}

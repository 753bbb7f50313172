package io.gatehouse.engine.lag;

import java.time.Duration;

/**
 * The times by which lag is judged.
 *
 * @param commitInterval the longest time between a record's judgement and its commit, by the configuration
 */
record LagRules(Duration commitInterval) {
    /** A rebalance, and the handover of a partition in order, take a few seconds. */
    static final Duration TURNOVER = Duration.ofSeconds(10);

    /** Longer than any transaction that does well stays open, at the default of its timeout. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    /** The way from producer to commit takes this long where nothing is wrong: polling, judging, sending, committing. */
    private static final Duration LEAST_IN_FLIGHT = Duration.ofSeconds(1);

    /** How long a committed offset may stand still while records wait. */
    Duration patience() {
        return longer(LEAST_PATIENCE, commitInterval.multipliedBy(3));
    }

    /** What has arrived within this time is in flight, not late. */
    Duration inFlight() {
        return longer(LEAST_IN_FLIGHT, commitInterval.multipliedBy(2));
    }

    /** The shortest time over which a trend can be told from what commits do to the lag. */
    Duration leastTrend() {
        return inFlight().multipliedBy(3);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}

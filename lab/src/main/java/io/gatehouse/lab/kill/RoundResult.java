package io.gatehouse.lab.kill;

import io.gatehouse.lab.check.PipelineCheck;
import java.time.Duration;

/**
 * What came of a round.
 *
 * @param kills how many were carried out
 * @param inTransaction how many of them left a transaction open behind them
 * @param events records in the input; 0, as those below, when it did not come to the check
 * @param sessions closed sessions that were published, each once
 * @param statistics keys of statistics that were published, each once
 * @param seconds the whole round, from the topics' creation to the verdict
 * @param verdict {@link #CONTENT}, or the first thing that was wrong
 */
record RoundResult(
        long seed,
        int kills,
        int inTransaction,
        long events,
        long processed,
        long deadLetters,
        long sessions,
        long statistics,
        double seconds,
        String verdict) {
    static final String CONTENT = "content";

    /** @param report null when it did not come to the check */
    static RoundResult of(
            long seed, int kills, int inTransaction, PipelineCheck.Report report, Duration took, String verdict) {
        return new RoundResult(
                seed,
                kills,
                inTransaction,
                report == null ? 0 : report.against().inputs(),
                report == null ? 0 : report.against().processed(),
                report == null ? 0 : report.against().deadLetters(),
                report == null ? 0 : report.against().sessions(),
                report == null ? 0 : report.against().statistics(),
                took.toMillis() / 1000.0,
                verdict);
    }

    boolean isContent() {
        return verdict.equals(CONTENT);
    }
}

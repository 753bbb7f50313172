package io.gatehouse.lab.fuzz;

import java.time.Duration;
import java.time.Instant;

/**
 * What was tried, and what came of it.
 *
 * @param target its label
 * @param commit of the source tree as the run began
 * @param java the version of the virtual machine
 * @param seconds how long it was tried
 * @param edges branches of Gatehouse's own code that were taken
 * @param corpus inputs kept, those of earlier runs among them
 * @param findings inputs for which the property did not hold; a run ends with the first
 */
record FuzzRun(
        String target,
        String commit,
        String begun,
        String java,
        int processors,
        long seed,
        long seconds,
        long executions,
        int edges,
        int corpus,
        int findings) {
    static FuzzRun of(
            FuzzTarget target, String commit, Instant begun, long seed, Duration took, FuzzStatus last, int findings) {
        return new FuzzRun(
                target.label(),
                commit,
                begun.toString(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                seed,
                took.toSeconds(),
                last.executions(),
                last.edges(),
                last.corpus(),
                findings);
    }

    long executionsPerSecond() {
        return executions / Math.max(1, seconds);
    }
}

package io.gatehouse.lab.chaos;

import io.gatehouse.lab.cluster.Cluster;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.Transactions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * What faults are made on.
 *
 * @param noSmallDisk why no broker's disk can be made full; null when it can
 * @param chance of all that a fault chooses
 * @param sides pipelines of their own, for what leaves nothing to go on with
 */
record Scene(
        Cluster cluster,
        String noSmallDisk,
        Pipeline pipeline,
        Workers workers,
        Transactions transactions,
        Watch watch,
        GeneratorRun traffic,
        Random chance,
        PlacesFile places,
        PreviousBuild previousBuild,
        Sides sides) {
    /** Within which the pipeline must have recovered from anything. */
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(90);

    private static final long LOOK_EVERY_NS = 10_000_000;

    /** Something that comes true by itself. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    /**
     * Waits until what was there at a moment, and what was sent shortly after, is worked off and committed.
     *
     * @param sinceNs {@link System#nanoTime} of the harm, or of its end
     * @throws NotSurvived when that takes too long, or a worker ends
     */
    Duration recoverySince(long sinceNs) throws InterruptedException {
        Duration recovery = watch.recoverySince(sinceNs, RECOVERED_WITHIN);
        workers.mustLive();
        return recovery;
    }

    /** Lets time pass while something is broken. */
    static void hold(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    /** Waits for something, and says whether it came true in time. */
    static boolean await(Condition condition, Duration longest) throws InterruptedException {
        long deadlineNs = System.nanoTime() + longest.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        return true;
    }
}

package io.gatehouse.lab.chaos;

import io.gatehouse.lab.cluster.ClockShift;
import io.gatehouse.lab.cluster.FaultImpossible;
import io.gatehouse.lab.worker.Life;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What happens to the processes of workers. */
final class WorkerFaults {
    /** The fault that needs the build of an earlier commit. */
    static final String UPGRADE = "upgrade";

    private static final Duration IN_ORDER = Duration.ofSeconds(30);
    /** Within which a worker gets into a state that it is to be killed in; it is killed then anyway. */
    private static final Duration STATE_WITHIN = Duration.ofSeconds(15);
    /** Longer than the session timeout and the transaction timeout, 10 s each. */
    private static final Duration FROZEN = Duration.ofSeconds(14);

    private static final Duration BUSTLE = Duration.ofSeconds(14);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration GUEST_WORKS_WITHIN = Duration.ofSeconds(15);
    private static final Duration WITH_ANOTHER_CLOCK = Duration.ofSeconds(6);
    private static final Duration STARVED = Duration.ofSeconds(12);
    /** Enough to start and to join the group. */
    private static final int LITTLE_MEGABYTES = 160;
    /** As soon as it writes to some partitions, its heap is full. */
    private static final Life STARVING = Life.USUAL
            .withHeap(LITTLE_MEGABYTES)
            .in(Map.of("GATEHOUSE_KAFKA_PRODUCER_BATCH_SIZE", Integer.toString(32 << 20)));

    private WorkerFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("worker-kill-transaction", "SIGKILL of a worker that has a transaction open", 3, scene -> {
                    return kill(scene, true);
                }),
                new Fault("worker-kill-idle", "SIGKILL of a worker between two transactions", 2, scene -> {
                    return kill(scene, false);
                }),
                new Fault(
                        "worker-kill-restoring",
                        "SIGKILL of a worker, and again while it restores",
                        1,
                        WorkerFaults::killRestoring),
                new Fault("worker-term-0s", "SIGTERM and at once SIGKILL", 1, scene -> term(scene, Duration.ZERO)),
                new Fault(
                        "worker-term-5s", "SIGTERM with 5 s of grace", 1, scene -> term(scene, Duration.ofSeconds(5))),
                new Fault("worker-term-30s", "SIGTERM with 30 s of grace", 1, scene -> term(scene, IN_ORDER)),
                new Fault(
                        "worker-freeze",
                        "SIGSTOP for 14 s, beyond session and transaction timeout, then SIGCONT",
                        1,
                        WorkerFaults::freeze),
                new Fault(
                        "workers-come-and-go",
                        "workers added and removed, one after another, as soon as each has begun to work",
                        1,
                        WorkerFaults::comeAndGo),
                new Fault("clock-ahead", "a worker's wall clock an hour ahead", 1, scene -> {
                    return anotherClock(scene, Duration.ofHours(1));
                }),
                new Fault("clock-back", "a worker's wall clock an hour back", 1, scene -> {
                    return anotherClock(scene, Duration.ofHours(-1));
                }),
                new Fault(
                        "heap-exhausted",
                        "a worker joins whose heap cannot hold what it is to write",
                        1,
                        WorkerFaults::exhaustHeap),
                new Fault(
                        UPGRADE,
                        "all workers, one after another, on the build of the commit before, and back",
                        1,
                        WorkerFaults::upgrade));
    }

    private static Duration kill(Scene scene, boolean inTransaction) throws InterruptedException {
        Worker worker = scene.workers().any(scene.chance());
        Scene.await(() -> scene.transactions().isOpen(worker.process().instanceId()) == inTransaction, STATE_WITHIN);
        worker.kill();
        return recoveryOfOthers(scene, worker);
    }

    /** The others take its partitions over; only then it comes back. */
    private static Duration recoveryOfOthers(Scene scene, Worker gone) throws InterruptedException {
        Duration recovery = scene.recoverySince(System.nanoTime());
        gone.start();
        return recovery;
    }

    private static Duration killRestoring(Scene scene) throws InterruptedException {
        Worker worker = scene.workers().any(scene.chance());
        worker.kill();
        worker.start();
        Scene.await(() -> worker.health().contains(" is being restored"), STATE_WITHIN);
        worker.kill();
        return recoveryOfOthers(scene, worker);
    }

    private static Duration term(Scene scene, Duration grace) throws InterruptedException {
        Worker worker = scene.workers().any(scene.chance());
        long harmNs = System.nanoTime();
        boolean inOrder = worker.stop(grace);
        if (grace.equals(IN_ORDER) && !inOrder) {
            throw new NotSurvived("a worker did not stop in order within " + grace.toSeconds() + " s; see "
                    + worker.process().log());
        }
        Duration recovery = scene.recoverySince(harmNs);
        worker.start();
        return recovery;
    }

    /** While it is frozen the others take over; then the zombie wakes, and nothing that it still writes may show. */
    private static Duration freeze(Scene scene) throws InterruptedException {
        Worker worker = scene.workers().any(scene.chance());
        worker.process().pause();
        long harmNs = System.nanoTime();
        try {
            Scene.hold(FROZEN);
            return scene.recoverySince(harmNs);
        } finally {
            worker.process().resume();
            scene.recoverySince(System.nanoTime());
        }
    }

    private static Duration comeAndGo(Scene scene) throws InterruptedException {
        long endNs = System.nanoTime() + BUSTLE.toNanos();
        while (System.nanoTime() < endNs) {
            Worker guest = scene.workers().add();
            guest.start();
            Scene.await(() -> scene.transactions().hasWorked(guest.process().instanceId()), GUEST_WORKS_WITHIN);
            Scene.hold(BETWEEN);
            scene.workers().remove(guest, IN_ORDER);
        }
        return scene.recoverySince(System.nanoTime());
    }

    private static Duration anotherClock(Scene scene, Duration shift) throws InterruptedException {
        Life shifted;
        try {
            shifted = Life.USUAL.in(ClockShift.environment(shift));
        } catch (FaultImpossible e) {
            throw new LeftOut(e.getMessage(), e);
        }
        Worker worker = scene.workers().any(scene.chance());
        worker.stop(IN_ORDER);
        worker.start(shifted);
        Scene.hold(WITH_ANOTHER_CLOCK);
        Duration recovery = scene.recoverySince(System.nanoTime());
        worker.stop(IN_ORDER);
        worker.start();
        return recovery;
    }

    private static Duration exhaustHeap(Scene scene) throws InterruptedException {
        Worker starving = scene.workers().add();
        starving.start(STARVING);
        starving.mayEnd();
        boolean hasJoined = Scene.await(() -> !starving.health().isEmpty(), STATE_WITHIN);
        boolean isDead = Scene.await(() -> !starving.process().isAlive(), STARVED);
        long harmNs = System.nanoTime();
        scene.workers().remove(starving, Duration.ZERO);
        Duration recovery = scene.recoverySince(harmNs);
        if (!hasJoined || !isDead) {
            throw new LeftOut(isDead ? "it ended before it worked" : "its heap was enough");
        }
        return recovery;
    }

    private static Duration upgrade(Scene scene) throws InterruptedException {
        Life former = Life.USUAL.on(scene.previousBuild().classPath());
        for (Life life : List.of(former, Life.USUAL)) {
            for (Worker worker : scene.workers().present()) {
                worker.stop(IN_ORDER);
                worker.start(life);
            }
        }
        return scene.recoverySince(System.nanoTime());
    }
}

package io.gatehouse.lab.compare;

import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** One round of one contestant: from the start of its processes until enough is counted. */
final class Race {
    private static final long LOOK_EVERY_NS = 20_000_000;
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(90);
    /** A contestant that commits nothing for so long does not work. */
    private static final Duration COMMITS_WITHIN = Duration.ofSeconds(30);

    private final Contestant contestant;
    private final Ground ground;
    private final long events;
    private final WorkerProcess broker;
    private final Admin admin;

    /** What it has come to when it was looked at. */
    private record Look(long atNs, double committed, Duration cpu, Duration brokerCpu) {}

    /** @param events in the input */
    Race(Contestant contestant, Ground ground, long events, WorkerProcess broker, Admin admin) {
        this.contestant = contestant;
        this.ground = ground;
        this.events = events;
        this.broker = broker;
        this.admin = admin;
    }

    /**
     * Starts the contestant, counts, and ends it. Its results are still there afterwards.
     *
     * @throws ProcessException when it does not do its work, or the input does not last
     */
    Result run(Timing timing) throws InterruptedException, ExecutionException, IOException {
        try (Crew crew = Crew.start(contestant, ground)) {
            Look begun = awaitCommitted(crew, timing.passedOver());
            Look warm = awaitCommit(
                    crew, begun.committed(), begun.atNs() + timing.warmUp().toNanos(), COMMITS_WITHIN);
            Look end = awaitCommit(
                    crew, warm.committed(), warm.atNs() + timing.counted().toNanos(), COMMITS_WITHIN);
            long peakMegabytes = crew.peakMegabytes();
            crew.stop();
            double counted = end.committed() - warm.committed();
            return new Result(
                    counted * 1e9 / (end.atNs() - warm.atNs()),
                    micros(end.cpu().minus(warm.cpu())) / counted,
                    micros(end.brokerCpu().minus(warm.brokerCpu())) / counted,
                    peakMegabytes,
                    null);
        }
    }

    /** Waits until more than so many events are committed. */
    private Look awaitCommitted(Crew crew, long passedOver) throws InterruptedException, ExecutionException {
        Look look = awaitCommit(crew, 0, System.nanoTime(), BEGINS_WITHIN);
        while (look.committed() <= passedOver) {
            look = awaitCommit(crew, look.committed(), look.atNs(), COMMITS_WITHIN);
        }
        return look;
    }

    /**
     * Waits for the first commit after a moment: rates from one commit to another are right whatever the interval is.
     *
     * @param seen what was committed when it was looked at last
     */
    private Look awaitCommit(Crew crew, double seen, long afterNs, Duration within)
            throws InterruptedException, ExecutionException {
        double before = seen;
        while (true) {
            Look look = look(crew);
            if (look.committed() >= events) {
                throw new ProcessException(contestant.name() + " has worked off all " + events
                        + " events before its round was over: more are needed");
            }
            if (look.atNs() < afterNs) {
                before = look.committed();
            } else if (look.committed() > before) {
                return look;
            }
            crew.mustLive();
            if (look.atNs() - afterNs > within.toNanos()) {
                throw crew.failed();
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    private Look look(Crew crew) throws InterruptedException, ExecutionException {
        List<String> stages = contestant.stages(ground);
        double committed = 0;
        for (String topic : stages) {
            committed += (double) Committed.end(admin, ground, topic) / stages.size();
        }
        return new Look(System.nanoTime(), committed, crew.cpuTime(), broker.cpuTime());
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }
}

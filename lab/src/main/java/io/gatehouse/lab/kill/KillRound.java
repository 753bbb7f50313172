package io.gatehouse.lab.kill;

import io.gatehouse.lab.check.CheckImpossible;
import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.Transactions;
import io.gatehouse.lab.worker.WorkerProcess;
import io.gatehouse.reference.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One seed: a fresh pipeline, its traffic, its kills, and the check of what came out. */
final class KillRound {
    /** Event times begin here, so that a seed's events are always the same, byte for byte. */
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    private static final Duration STOP_WITHIN = Duration.ofSeconds(40);
    private static final long LOOK_EVERY_NS = 10_000_000;
    private static final int HEAP_MEGABYTES = 512;

    /** As a worker begins to say it. */
    private static final String UNEVEN = "The ledger of ";

    private final KillSettings settings;
    private final Places places;
    private final long seed;
    private final Pipeline pipeline;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private int killed;
    private int inTransaction;

    KillRound(KillSettings settings, Places places, String bootstrap, String name, long seed) {
        this.settings = settings;
        this.places = places;
        this.seed = seed;
        this.pipeline = new Pipeline(bootstrap, name, settings.partitions(), HEAP_MEGABYTES, settings.workerSettings());
    }

    /** Carries the round out. Never throws for what the pipeline does: that is the result's verdict. */
    RoundResult run() throws InterruptedException {
        long begunNs = System.nanoTime();
        PipelineCheck.Report report = null;
        String verdict;
        try {
            traffic();
            // Sessions that silence closes are published only as long as there are workers.
            report = check();
            if (report.isContent()) {
                stopInOrder();
                // Now nothing more can come.
                report = check();
                ledgersMustBeEven();
            }
            verdict = report.isContent()
                    ? RoundResult.CONTENT
                    : report.differences().get(0);
        } catch (ProcessException | CheckImpossible e) {
            verdict = e.getMessage();
        } finally {
            workers.forEach(WorkerProcess::close);
        }
        return RoundResult.of(
                seed, killed, inTransaction, report, Duration.ofNanos(System.nanoTime() - begunNs), verdict);
    }

    private PipelineCheck.Report check() {
        return PipelineCheck.run(pipeline.check(settings.longest()), places);
    }

    private void traffic() throws InterruptedException {
        pipeline.createTopics();
        for (int number = 0; number < settings.workers(); number++) {
            WorkerProcess worker =
                    pipeline.worker(number, settings.logs().resolve("seed-" + seed + "-worker-" + number + ".log"));
            workers.add(worker);
            worker.start();
        }
        Duration step = settings.span().dividedBy(settings.events());
        StreamSettings stream = StreamSettings.realistic(seed, START, step, settings.users(), settings.faults())
                .keyedBy(settings.key());
        try (GeneratorRun run = GeneratorRun.start(
                        stream,
                        pipeline.kafka(),
                        pipeline.inputTopic(),
                        "kill-" + seed,
                        settings.rate(),
                        settings.events());
                Transactions transactions = new Transactions(pipeline.kafka())) {
            for (KillPlan.Kill kill : KillPlan.of(seed, settings.workers(), settings.kills(), settings.events())) {
                carryOut(kill, run, transactions);
            }
            waitUntil(() -> ended(run), "the generator to end");
        }
    }

    private void carryOut(KillPlan.Kill kill, GeneratorRun run, Transactions transactions) throws InterruptedException {
        WorkerProcess worker = workers.get(kill.worker());
        waitUntil(() -> ended(run) || run.sent() >= kill.atEvent(), "the generator");
        if (kill.atWork()) {
            // Once all events are sent the others may leave no work to wait for; but on a busy machine they may all
            // have
            // been sent before anybody has begun.
            waitUntil(
                    () -> transactions.hasWorked(worker.instanceId()) || ended(run) && anyHasWorked(transactions),
                    "worker " + worker.number() + " to begin its work");
        }
        long killNs = System.nanoTime() + kill.after().toNanos();
        waitUntil(() -> System.nanoTime() >= killNs, "the moment of the kill");
        worker.kill();
        killed++;
        if (transactions.isOpen(worker.instanceId())) {
            inTransaction++;
        }
        worker.start();
    }

    private boolean anyHasWorked(Transactions transactions) throws InterruptedException {
        for (WorkerProcess worker : workers) {
            if (transactions.hasWorked(worker.instanceId())) {
                return true;
            }
        }
        return false;
    }

    private static boolean ended(GeneratorRun run) throws InterruptedException {
        boolean ended = run.await(Duration.ZERO);
        if (run.failure() != null) {
            throw new ProcessException(run.failure());
        }
        return ended;
    }

    /** Something that comes true by itself. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private void waitUntil(Condition condition, String awaited) throws InterruptedException {
        long longestNs = settings.longest().toNanos() + (long) (settings.events() / settings.rate() * 1e9);
        long begunNs = System.nanoTime();
        while (!condition.holds()) {
            workersMustLive();
            if (System.nanoTime() - begunNs > longestNs) {
                throw new ProcessException("waited too long for " + awaited);
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    private void workersMustLive() {
        for (WorkerProcess worker : workers) {
            if (!worker.isAlive()) {
                throw new ProcessException("worker " + worker.number() + " ended by itself with exit code "
                        + worker.exitCode() + "; see " + worker.log());
            }
        }
    }

    /** What came out is checked otherwise; this checks what Gatehouse would have told of a loss. */
    private void ledgersMustBeEven() {
        for (WorkerProcess worker : workers) {
            try (Stream<String> lines = Files.lines(worker.log())) {
                lines.filter(line -> line.contains(UNEVEN)).findFirst().ifPresent(line -> {
                    throw new ProcessException("worker " + worker.number() + " says: " + line);
                });
            } catch (IOException e) {
                throw new ProcessException("the log of worker " + worker.number() + " cannot be read", e);
            }
        }
    }

    private void stopInOrder() throws InterruptedException {
        for (WorkerProcess worker : workers) {
            if (!worker.stop(STOP_WITHIN)) {
                throw new ProcessException("worker " + worker.number() + " did not stop in order; see " + worker.log());
            }
        }
    }
}

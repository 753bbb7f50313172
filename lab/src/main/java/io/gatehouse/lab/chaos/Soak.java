package io.gatehouse.lab.chaos;

import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.Transactions;
import io.gatehouse.reference.Places;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One worker that is there all the while, another that comes and goes, the same users again and again; and its heap. */
final class Soak {
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    /** Of event time for each second. */
    private static final double EVENT_TIME_SECONDS = 72;

    private static final int PARTITIONS = 12;
    private static final int HEAP_MEGABYTES = 512;
    private static final Duration VISIT = Duration.ofSeconds(20);
    private static final Duration ALONE = Duration.ofSeconds(20);
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration CHECKED_WITHIN = Duration.ofMinutes(5);

    private final SoakSettings settings;
    private final Places places;
    private final Consumer<SoakResult.Measurement> told;

    /** @param told hears of each measurement */
    Soak(SoakSettings settings, Places places, Consumer<SoakResult.Measurement> told) {
        this.settings = settings;
        this.places = places;
        this.told = told;
    }

    /**
     * Carries it out.
     *
     * @throws NotSurvived when a worker ends, or the partitions do not move
     */
    SoakResult run() throws InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start()) {
            Pipeline pipeline = new Pipeline(
                    broker.bootstrap(),
                    "soak",
                    PARTITIONS,
                    HEAP_MEGABYTES,
                    Map.of("input.partitioning", "keyed", "worker.threads", "1"));
            pipeline.createTopics();
            List<SoakResult.Measurement> measurements = new ArrayList<>();
            int rebalances = 0;
            try (Workers workers = new Workers(pipeline, settings.logs());
                    Transactions transactions = new Transactions(pipeline.kafka());
                    Watch watch = new Watch(
                            pipeline.kafka(),
                            List.of(new Watch.Stage(pipeline.applicationId(), pipeline.inputTopic())))) {
                try (GeneratorRun traffic = traffic(pipeline)) {
                    Worker steady = workers.add();
                    steady.start();
                    long begunNs = System.nanoTime();
                    long endNs = begunNs + settings.time().toNanos();
                    while (System.nanoTime() < endNs) {
                        visit(workers, transactions);
                        rebalances += 2;
                        watch.recoverySince(System.nanoTime(), WITHIN);
                        workers.mustLive();
                        if (traffic.failure() != null) {
                            throw new ProcessException(traffic.failure());
                        }
                        SoakResult.Measurement measured = measure(steady, begunNs);
                        measurements.add(measured);
                        told.accept(measured);
                        Scene.hold(ALONE);
                    }
                }
                PipelineCheck.Report report = PipelineCheck.run(pipeline.check(CHECKED_WITHIN), places);
                return new SoakResult(measurements, rebalances, settings.warmUp(), report);
            }
        }
    }

    private GeneratorRun traffic(Pipeline pipeline) {
        Duration step = Duration.ofNanos((long) (EVENT_TIME_SECONDS * 1e9 / settings.rate()));
        return GeneratorRun.start(
                StreamSettings.realistic(settings.seed(), START, step, settings.users(), 0.02),
                pipeline.kafka(),
                pipeline.inputTopic(),
                "soak",
                settings.rate(),
                0);
    }

    private static void visit(Workers workers, Transactions transactions) throws InterruptedException {
        Worker guest = workers.add();
        guest.start();
        if (!Scene.await(() -> transactions.hasWorked(guest.process().instanceId()), WITHIN)) {
            throw new ProcessException(
                    "a second worker gets nothing to do; see " + guest.process().log());
        }
        Scene.hold(VISIT);
        workers.remove(guest, WITHIN);
    }

    private static SoakResult.Measurement measure(Worker steady, long begunNs) throws InterruptedException {
        long bytes = LiveHeap.of(steady.process().pid());
        return new SoakResult.Measurement(Duration.ofNanos(System.nanoTime() - begunNs), bytes);
    }
}

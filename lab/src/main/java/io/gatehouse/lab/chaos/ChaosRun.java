package io.gatehouse.lab.chaos;

import io.gatehouse.lab.check.CheckImpossible;
import io.gatehouse.lab.check.CheckSettings;
import io.gatehouse.lab.check.Drain;
import io.gatehouse.lab.check.LiveCheck;
import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.lab.cluster.Cluster;
import io.gatehouse.lab.cluster.FaultImpossible;
import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.Transactions;
import io.gatehouse.reference.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** One run: brokers, workers, traffic, faults one after another, and the check of all that came out. */
final class ChaosRun {
    /** Event times begin here, so that a seed's events are always the same, byte for byte. */
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    /** Of event time for each second: sessions begin and end. */
    private static final double EVENT_TIME_SECONDS = 72;

    /** Two tables of places, for a while, and the rest. */
    private static final int HEAP_MEGABYTES = 512;

    private static final String NAME = "chaos";
    private static final Duration WORKING_WITHIN = Duration.ofSeconds(90);
    private static final Duration IN_ORDER = Duration.ofSeconds(40);
    /** Within which all must be worked off once the last fault is over and nothing more comes. */
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(30);

    private static final Duration CHECKED_WITHIN = Duration.ofMinutes(5);
    /** A send that has no answer by then is given up; its record may be in the topic all the same. */
    private static final Duration GIVE_UP = Duration.ofSeconds(45);

    private final ChaosSettings settings;
    private final Places places;
    private final Consumer<Happening> told;
    private final Acknowledgements sends = new Acknowledgements();
    private final List<Happening> happenings = new ArrayList<>();
    private List<Watch.Point> points = List.of();
    private PipelineCheck.Report report;
    private Duration drained;

    /** @param told hears of each fault when it is over */
    ChaosRun(ChaosSettings settings, Places places, Consumer<Happening> told) {
        this.settings = settings;
        this.places = places;
        this.told = told;
    }

    /** Carries it out. Never throws for what the pipeline does: that is the result. */
    ChaosResult run() throws InterruptedException {
        String trouble = null;
        try {
            breakAndCheck();
        } catch (NotSurvived | ProcessException | CheckImpossible e) {
            trouble = e.getMessage();
        }
        return new ChaosResult(happenings, points, report, sends.failed(), drained, trouble);
    }

    private void breakAndCheck() throws InterruptedException {
        Path logs = directory("logs");
        PlacesFile file = new PlacesFile(settings.directory().resolve("places.geo"), settings.seed());
        String noSmallDisk = null;
        Cluster cluster;
        try {
            cluster = Cluster.startWithSmallDisk(directory("brokers"), settings.diskMegabytes());
        } catch (FaultImpossible e) {
            noSmallDisk = e.getMessage();
            cluster = Cluster.start(directory("brokers"));
        }
        try (Cluster brokers = cluster) {
            Pipeline pipeline = pipeline(brokers, file);
            pipeline.createTopics();
            try (Workers workers = new Workers(pipeline, logs);
                    Transactions transactions = new Transactions(pipeline.kafka());
                    GeneratorRun traffic = traffic(pipeline);
                    Watch watch = new Watch(pipeline.kafka(), stages(pipeline));
                    LiveCheck check = new LiveCheck(
                            pipeline.check(CHECKED_WITHIN), places, settings.isRekeyed(), Map.of(NAME, sends))) {
                Scene scene = new Scene(
                        brokers,
                        noSmallDisk,
                        pipeline,
                        workers,
                        transactions,
                        watch,
                        traffic,
                        new Random(settings.seed()),
                        file,
                        new PreviousBuild(settings.builds()),
                        new Sides(brokers, places, logs, settings.seed()));
                try {
                    startWorkers(scene);
                    makeReady(scene);
                    rotate(scene, check);
                    finish(scene, check);
                } finally {
                    points = watch.points();
                }
            }
        }
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(settings.directory().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Pipeline pipeline(Cluster cluster, PlacesFile file) {
        Map<String, String> own = new LinkedHashMap<>(cluster.forWorkers());
        own.put("topics.replication", "3");
        own.put("input.partitioning", settings.isRekeyed() ? "rekey" : "keyed");
        own.put("geo.database", file.path().toAbsolutePath().toString());
        own.put("geo.check-interval", "1s");
        own.put("worker.threads", "1");
        own.putAll(settings.workerSettings());
        return new Pipeline(cluster.direct(), NAME, settings.partitions(), HEAP_MEGABYTES, own);
    }

    private List<Watch.Stage> stages(Pipeline pipeline) {
        String application = pipeline.applicationId();
        return settings.isRekeyed()
                ? List.of(
                        new Watch.Stage(application + "-route", pipeline.inputTopic()),
                        new Watch.Stage(application, application + "-by-user"))
                : List.of(new Watch.Stage(application, pipeline.inputTopic()));
    }

    private GeneratorRun traffic(Pipeline pipeline) {
        Duration step = Duration.ofNanos((long) (EVENT_TIME_SECONDS * 1e9 / settings.rate()));
        StreamSettings stream = StreamSettings.realistic(
                        settings.seed(), START, step, settings.users(), settings.badShare())
                .keyedBy(settings.key());
        Map<String, Object> kafka = new LinkedHashMap<>(pipeline.kafka());
        kafka.put("delivery.timeout.ms", (int) GIVE_UP.toMillis());
        kafka.put("request.timeout.ms", (int) GIVE_UP.toMillis() / 3);
        return GeneratorRun.start(stream, kafka, pipeline.inputTopic(), NAME, settings.rate(), 0, sends);
    }

    private void startWorkers(Scene scene) throws InterruptedException {
        for (int i = 0; i < settings.workers(); i++) {
            scene.workers().add().start();
        }
        for (Worker worker : scene.workers().present()) {
            if (!Scene.await(
                    () -> scene.transactions().hasWorked(worker.process().instanceId()), WORKING_WITHIN)) {
                throw new ProcessException("worker " + worker.process().number() + " does not begin to work; see "
                        + worker.process().log());
            }
        }
        scene.recoverySince(System.nanoTime());
    }

    /** What takes long to make is made before the first fault. */
    private void makeReady(Scene scene) throws InterruptedException {
        if (settings.faults().stream().anyMatch(fault -> fault.name().equals(WorkerFaults.UPGRADE))) {
            scene.previousBuild().prepare();
        }
    }

    /** Ends early at the first fault that is not survived: what came after would tell little. */
    private void rotate(Scene scene, LiveCheck check) throws InterruptedException {
        Rotation rotation = new Rotation(settings.faults(), settings.seed());
        long endNs = System.nanoTime() + settings.time().toNanos();
        while (System.nanoTime() < endNs || happenings.size() < settings.leastFaults()) {
            long nextNs = System.nanoTime() + rotation.distance().toNanos();
            Happening happening = carryOut(rotation.next(), scene);
            happenings.add(happening);
            told.accept(happening);
            PipelineCheck.Report soFar = check.soFar();
            if (happening.isFailed()) {
                throw new NotSurvived("the run was ended early: a fault was not survived");
            }
            if (!soFar.differences().isEmpty()) {
                throw new NotSurvived("the run was ended early, after " + happening.kind() + ": "
                        + soFar.differences().get(0));
            }
            Scene.hold(Duration.ofNanos(Math.max(0, nextNs - System.nanoTime())));
        }
    }

    private static Happening carryOut(Fault fault, Scene scene) throws InterruptedException {
        long beganMs = scene.watch().nowMs();
        try {
            Duration recovery = fault.action().carryOut(scene);
            return Happening.survived(fault.name(), beganMs, scene.watch().nowMs(), recovery);
        } catch (LeftOut e) {
            return new Happening(fault.name(), beganMs, scene.watch().nowMs(), null, e.getMessage(), true);
        } catch (NotSurvived | ProcessException e) {
            return new Happening(fault.name(), beganMs, scene.watch().nowMs(), null, e.getMessage(), false);
        }
    }

    private void finish(Scene scene, LiveCheck check) throws InterruptedException {
        scene.traffic().stop();
        CheckSettings all = scene.pipeline().check(CHECKED_WITHIN);
        drained = new Drain(all).await(DRAINED_WITHIN).took();
        report = check.finish();
        scene.workers().stopInOrder(IN_ORDER);
        if (report.isContent()) {
            // Once more from the beginning: what a reader finds who comes later.
            report = PipelineCheck.run(all, places, Map.of(NAME, sends));
        }
        scene.workers().ledgersMustBeEven();
    }
}

package io.gatehouse.lab.corpus;

import io.gatehouse.app.SearchBar;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.lab.generate.Pace;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The whole corpus through one live Gatehouse, which is a process of its own. */
final class CorpusRun implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final int HEAP_MEGABYTES = 512;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(40);

    /** Ordinary logins until the worker has its partitions and its code is compiled: its first work is no measure of it. */
    private static final int WARM_UP = 10_000;

    /**
     * How it is carried out.
     *
     * @param name of the application, and before the name of each of its topics
     * @param rate odd records a second, each with a good login behind it
     * @param within how long a good login may take
     * @param log where the worker's output goes
     * @param extra settings of Gatehouse that override those made here
     */
    record Settings(String bootstrap, String name, double rate, Duration within, Path log, Map<String, String> extra) {
        String strictTopic() {
            return name + "-strict";
        }
    }

    private final Settings settings;
    private final int port = LoopbackPort.free();
    private final List<CorpusRecord> corpus = Corpus.records(System.currentTimeMillis());
    private final List<String> differences = new ArrayList<>();
    private final Pipeline pipeline;
    private final CorpusTopics topics;
    private final Set<String> topicsBefore;
    private final WorkerProcess worker;
    private final Outcomes outcomes;
    private final Sending sending;

    /** Makes the topics; the worker is not yet started. */
    CorpusRun(Settings settings) {
        this.settings = settings;
        Map<String, String> gatehouse = new LinkedHashMap<>();
        gatehouse.put("input.partitioning", "keyed");
        gatehouse.put("http.port", Integer.toString(port));
        gatehouse.put("stats.publish-interval", "1s");
        // So that the line of what logins have in common is written often.
        gatehouse.put("log.statistics-interval", "1s");
        gatehouse.putAll(settings.extra());
        pipeline = new Pipeline(settings.bootstrap(), settings.name(), PARTITIONS, HEAP_MEGABYTES, gatehouse);
        topics = new CorpusTopics(pipeline.kafka());
        topics.create(pipeline.inputTopic(), settings.strictTopic(), PARTITIONS);
        pipeline.createTopics();
        topicsBefore = topics.names();
        worker = pipeline.worker(0, settings.log());
        int numbers = 2 * corpus.size() + WARM_UP;
        outcomes = new Outcomes(pipeline.kafka(), pipeline.processedTopic(), pipeline.deadLetterTopic(), numbers);
        sending = new Sending(pipeline.kafka(), pipeline.inputTopic(), settings.strictTopic(), PARTITIONS, numbers);
    }

    /**
     * Carries it out.
     *
     * @throws ProcessException when the worker does not begin to work, dies, or does not stop in order
     * @throws io.gatehouse.lab.check.CheckImpossible when it does not get done
     */
    CorpusReport run(SearchBar bar) throws InterruptedException, IOException {
        worker.start();
        warmUp();
        Duration took = send(bar);
        PipelineCheck.Report check = PipelineCheck.run(pipeline.check(LONGEST_WAIT), ExpectedPlaces.of(null));
        differences.addAll(sending.failures());
        differences.addAll(outcomes.strange());
        differences.addAll(Leaks.inPages(port));
        if (!worker.stop(STOP_WITHIN)) {
            differences.add("the worker did not stop in order; see " + settings.log());
        }
        List<String> log = Leaks.linesOf(settings.log());
        differences.addAll(Leaks.inLog(log));
        Set<String> strange = new TreeSet<>(topics.names());
        strange.removeAll(topicsBefore);
        strange.forEach(topic -> differences.add("a topic appeared meanwhile: " + topic));
        differences.addAll(check.differences());
        Map<Family, CorpusReport.Count> families = families();
        List<Duration> waits = waits();
        return new CorpusReport(families, waits, took, log.size(), List.copyOf(differences));
    }

    private void warmUp() {
        for (int i = 0; i < WARM_UP; i++) {
            sending.login(2 * corpus.size() + i, i % PARTITIONS);
        }
        if (!outcomes.await(WARM_UP, LONGEST_WAIT, worker::isAlive)) {
            throw new ProcessException("the worker has brought out " + outcomes.seen() + " of " + WARM_UP
                    + " ordinary logins; see " + settings.log());
        }
    }

    private Duration send(SearchBar bar) {
        long begunNs = System.nanoTime();
        Pace pace = new Pace(settings.rate());
        for (int place = 0; place < corpus.size(); ) {
            if (pace.await(place)) {
                sending.send(place, corpus.get(place));
                place++;
            }
            bar.at("records sent", place, corpus.size());
        }
        sending.flush();
        bar.end();
        long taken = corpus.stream().filter(record -> !record.isNotTaken()).count() + corpus.size() + WARM_UP;
        if (!outcomes.await((int) taken, LONGEST_WAIT, worker::isAlive)) {
            differences.add("after " + LONGEST_WAIT.toSeconds() + " s " + outcomes.seen() + " of " + taken
                    + " records have come out" + (worker.isAlive() ? "" : "; the worker has died"));
        }
        return Duration.ofNanos(System.nanoTime() - begunNs);
    }

    private Map<Family, CorpusReport.Count> families() {
        Map<Family, CorpusReport.Count> families = new EnumMap<>(Family.class);
        for (int place = 0; place < corpus.size(); place++) {
            CorpusRecord record = corpus.get(place);
            Expectation came = outcomes.of(2 * place);
            boolean asIntended =
                    record.isNotTaken() ? came == null : record.expected().isMetBy(came);
            if (!asIntended) {
                differences.add(record.family().title() + ", '" + record.name() + "', record " + 2 * place
                        + " of the run, must be " + record.expected() + " and is " + came);
            }
            CorpusReport.Count before = families.getOrDefault(record.family(), CorpusReport.Count.NONE);
            families.put(record.family(), before.with(record, asIntended));
        }
        return families;
    }

    /** In ascending order. Whatever a good login waits for longer than it may is a difference, too. */
    private List<Duration> waits() {
        List<Duration> waits = new ArrayList<>();
        for (int place = 0; place < corpus.size(); place++) {
            int number = 2 * place + 1;
            if (outcomes.of(number) == null) {
                differences.add("the good login " + number + " did not come out");
                continue;
            }
            // Its acknowledgement may be heard of later than what became of it.
            long ns = Math.max(0, outcomes.seenNs(number) - sending.acknowledgedNs(number));
            Duration wait = Duration.ofNanos(ns);
            waits.add(wait);
            if (wait.compareTo(settings.within()) > 0) {
                differences.add("the good login behind '" + corpus.get(place).name() + "' took " + wait.toMillis()
                        + " ms, more than " + settings.within().toMillis());
            }
        }
        waits.sort(null);
        return waits;
    }

    @Override
    public void close() {
        sending.close();
        outcomes.close();
        worker.close();
        topics.close();
    }
}

package io.gatehouse.lab.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.gatehouse.app.Paint;
import io.gatehouse.app.Pipeline;
import io.gatehouse.app.StopSignal;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.ConfigurationException;
import io.gatehouse.app.config.Sources;
import io.gatehouse.app.log.Logging;
import io.gatehouse.app.view.Heading;
import io.gatehouse.app.view.MergedStatistics;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.topic.Difference;
import io.gatehouse.engine.topic.TopicPlan;
import io.gatehouse.engine.topic.TopicReport;
import io.gatehouse.lab.broker.BrokerLogs;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.LoggerFactory;

/** Broker, topics, pipeline and generator: started in this order, stopped in reverse. */
final class Demo {
    private static final long STATISTICS_EVERY_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_DRAIN_NS = TimeUnit.SECONDS.toNanos(10);
    /** The check remembers something of each event, and takes its time. */
    private static final long MOST_CHECKED = 1_000_000;

    private static final long DRAIN_STEP_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final DemoOptions options;
    private final StreamSettings traffic;
    private final StopSignal stop;
    private final PrintWriter out;
    private final StatisticsText text = new StatisticsText(Paint.ofThisTerminal());

    Demo(DemoOptions options, StreamSettings traffic, StopSignal stop, PrintWriter out) {
        this.options = options;
        this.traffic = traffic;
        this.stop = stop;
        this.out = out;
    }

    /** Runs until the time is over or the signal comes, and returns when all has stopped. */
    void run() throws InterruptedException {
        say("Starting Kafka, the topics, the pipeline and the generator …");
        quietLogs();
        try (EmbeddedBroker broker = EmbeddedBroker.at(options.kafkaPort(), options.dataDir())) {
            broker.start();
            Configuration configuration = configuration(broker.bootstrap());
            try (Admin admin = Admin.create(configuration.engine().admin())) {
                List<TopicReport> topics = createTopics(configuration, admin);
                work(configuration, topics, admin);
            }
        }
        say("All has stopped.");
    }

    private void work(Configuration configuration, List<TopicReport> topics, Admin admin) throws InterruptedException {
        InputGauge input =
                new InputGauge(admin, configuration.engine(), topics.get(0).partitions());
        long generated;
        Pipeline pipeline = Pipeline.start(configuration);
        try (pipeline) {
            try (GeneratorRun generator = options.rate() == 0 ? null : generator(configuration)) {
                out.print(Welcome.text(
                        configuration, topics, pipeline.managementAddress(), pipeline.httpAddress(), traffic.seed()));
                out.flush();
                watch(pipeline, input, generator);
                say("Stopping: the generator, the pipeline, Kafka.");
                generated = finish(generator);
            }
            drain(pipeline, input);
            EngineStatus end = pipeline.status();
            out.print(text.account(moment(0, pipeline, end, input.read(end)), generated));
            close(new Closing(configuration), input);
        }
    }

    private void close(Closing closing, InputGauge input) {
        if (!options.checks()) {
            out.print(closing.publications());
        } else if (input.kept() > MOST_CHECKED) {
            out.print(closing.publications());
            say(String.format(Locale.ROOT, "Not checked against the contract: more than %,d events.", MOST_CHECKED));
        } else {
            say("Checking all of it against the contract (Ctrl-C ends that, and the demo) …");
            String found = closing.check();
            out.print(closing.publications());
            say(found);
        }
    }

    private Configuration configuration(String bootstrap) {
        Sources sources = new Sources(null, Map.of(), options.definitions(bootstrap));
        try {
            return Configuration.load(sources, Configuration.Broker.NEEDED);
        } catch (ConfigurationException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void quietLogs() {
        Configuration any = configuration("127.0.0.1:" + options.kafkaPort());
        Logging.configure(any.log().format(), any.log().level());
        BrokerLogs.onlyErrors();
        // A few of them each second are meant to be there; the statistics count them.
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("io.gatehouse.deadletter").setLevel(Level.OFF);
        }
    }

    private static List<TopicReport> createTopics(Configuration configuration, Admin admin) {
        int partitions = configuration.newTopics().partitions();
        List<TopicReport> reports = new TopicPlan(configuration.engine(), OptionalInt.of(partitions))
                .create(admin, partitions, configuration.newTopics().replication());
        for (TopicReport report : reports) {
            for (Difference difference : report.differences()) {
                throw new CommandFailure(String.format(
                        "the topic %s in --data-dir has %s %s, and should have %s. Begin with another --data-dir, or with"
                                + " the --partitions of last time.",
                        report.topic(), difference.setting(), difference.actual(), difference.wanted()));
            }
        }
        return reports;
    }

    private GeneratorRun generator(Configuration configuration) {
        return GeneratorRun.start(
                traffic,
                Map.of("bootstrap.servers", configuration.engine().admin().get("bootstrap.servers")),
                configuration.engine().topics().input(),
                "demo-" + traffic.seed(),
                options.rate(),
                0);
    }

    /** Tells the statistics until the end. */
    private void watch(Pipeline pipeline, InputGauge input, GeneratorRun generator) throws InterruptedException {
        long begunNs = System.nanoTime();
        long lengthNs =
                options.length() == null ? Long.MAX_VALUE : options.length().toNanos();
        Moment before = moment(0, pipeline, pipeline.status(), input.read(null));
        long dueNs = 0;
        while (dueNs < lengthNs) {
            dueNs = Math.min(dueNs + STATISTICS_EVERY_NS, lengthNs);
            if (stop.await(Duration.ofNanos(Math.max(0, begunNs + dueNs - System.nanoTime())))) {
                return;
            }
            EngineStatus status = pipeline.status();
            Moment now = moment((System.nanoTime() - begunNs) / 1e9, pipeline, status, input.read(status));
            out.print(text.between(before, now));
            out.flush();
            before = now;
            requireHealth(status, generator);
        }
    }

    private static void requireHealth(EngineStatus status, GeneratorRun generator) {
        if (generator != null && generator.failure() != null) {
            throw new CommandFailure("the generator: " + generator.failure());
        }
        if (status.workers().stream().anyMatch(worker -> worker.state() == WorkerState.DEAD)) {
            throw new CommandFailure("a worker has died of a defect; the log above has its trace");
        }
    }

    private static long finish(GeneratorRun generator) {
        if (generator == null) {
            return 0;
        }
        generator.stop();
        return generator.acknowledged();
    }

    /** What was sent should come out: waits for it, within bounds. */
    private void drain(Pipeline pipeline, InputGauge input) {
        long endNs = System.nanoTime() + LONGEST_DRAIN_NS;
        while (input.read(pipeline.status()).waiting() > 0 && System.nanoTime() < endNs) {
            LockSupport.parkNanos(DRAIN_STEP_NS);
        }
    }

    private static Moment moment(double seconds, Pipeline pipeline, EngineStatus status, InputGauge.Reading input) {
        Map<Heading, String> leading = new EnumMap<>(Heading.class);
        MergedStatistics statistics = pipeline.statistics().orElse(null);
        if (statistics != null) {
            for (Heading heading : Heading.values()) {
                leading.put(heading, statistics.leading(heading));
            }
        }
        return new Moment(seconds, input.arrived(), input.waiting(), status.users(), status.tally(), leading);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

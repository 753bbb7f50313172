package io.gatehouse.lab.generate;

import io.gatehouse.app.StopSignal;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.Span;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse generate}: login traffic for a topic or a file. */
@Command(
        name = "generate",
        description = {
            "Generates login events, good ones and (with --faults) bad ones.",
            "",
            "Each Kafka record carries headers that tell its run (generator.run), its number in it (generator.seq) and"
                    + " what must become of it (generator.outcome): 'accepted', or a dead letter's reason and field."
                    + " The same seed, start time and options always make the same events."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse generate --rate 200",
            "  gatehouse generate --profile realistic --faults 0.05 --events 200000 --seed 7",
            "  gatehouse generate --profile realistic --events 1000000 --span 30d",
            "  gatehouse generate --events 10 --faults 0.2 --to-file - | gatehouse process -",
            "",
            "Exit codes: 0 all sent and acknowledged, or stopped by a signal; 1 failed; 2 wrong usage."
        })
public final class GenerateCommand implements Callable<Integer> {
    private static final int PARTITIONS_OF_NEW = 4;
    /** The step of event time where nothing sets one: a run at full speed takes about as long as it says. */
    private static final Duration FULL_SPEED_STEP = Duration.ofNanos(1_000);

    private static final Duration REFRESH = Duration.ofMillis(200);
    private static final Instant EARLIEST_START = Instant.parse("2000-02-01T00:00:00Z");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka to send to. Default: ${DEFAULT-VALUE}.")
    private String bootstrap;

    @Option(
            names = "--topic",
            defaultValue = "user-login",
            description = "Topic to send to; made if missing. Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "Partitions the topic must have. Default: those it has; a new one gets " + PARTITIONS_OF_NEW + ".")
    private Integer partitions;

    @Option(
            names = "--to-file",
            paramLabel = "FILE",
            description = "Write the events to a file instead, one a line; - is standard output. No event holds a line"
                    + " break then.")
    private String file;

    @Option(names = "--rate", paramLabel = "N", description = "Events a second. Default: as many as possible.")
    private double rate;

    @Option(names = "--events", paramLabel = "N", description = "How many. Default: until it is stopped (Ctrl-C).")
    private long events;

    @Option(
            names = "--profile",
            defaultValue = "reference",
            description =
                    "reference: a new user and key each time, as the reference producer sends. realistic: returning"
                            + " users with places, devices, upgrades, trips, late and repeated events. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Profile profile;

    @Option(
            names = "--key",
            description = "What records are keyed by: user or random. Default: random in the reference profile, user in"
                    + " the realistic one.")
    private KeyChoice key;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Users of the realistic profile. Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--faults",
            paramLabel = "FRACTION",
            defaultValue = "0",
            description = "How many of the events are bad, of every kind: 0.02 is two in a hundred. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double faults;

    @Option(names = "--seed", paramLabel = "N", description = "Of all chance. Default: a new one; it is printed.")
    private Long seed;

    @Option(
            names = "--start-time",
            paramLabel = "TIME",
            description = "Event time of the first event, ISO 8601 in UTC. Default: now, less the --span.")
    private Instant start;

    @Option(
            names = "--span",
            paramLabel = "SPAN",
            converter = Span.class,
            description = "Spread the event times of all --events over this long (s, m, h or d). Default: event time"
                    + " passes as real time does.")
    private Duration span;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A setting for the Kafka clients, such as security.protocol. May be repeated.")
    private Map<String, String> kafka = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        StreamSettings settings = settings();
        String name = settings.seed() + "-" + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        PrintWriter err = spec.commandLine().getErr();
        Sink sink = file == null ? toKafka(name, err) : new LineSink(open());
        err.printf("Run %s: seed %d, event time from %s.%n", name, settings.seed(), settings.start());
        err.flush();
        StopSignal stop = StopSignal.listen();
        Progress progress = new Progress(err, System.console() != null, events);
        GeneratorRun run = GeneratorRun.start(settings, sink, rate, events);
        while (!run.await(Duration.ZERO) && !stop.await(REFRESH)) {
            progress.show(run.sent());
        }
        run.stop();
        progress.end(run.sent());
        summary(run, err);
        if (run.failure() != null) {
            throw new CommandFailure(run.failure());
        }
        return 0;
    }

    private StreamSettings settings() {
        long chosenSeed = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        check(rate >= 0, "--rate must not be negative");
        check(events >= 0, "--events must not be negative");
        check(partitions == null || partitions > 0, "--partitions must be at least 1");
        check(span == null || events > 0, "--span needs --events: it is spread over them");
        check(file == null || file.equals("-") || events > 0, "--to-file needs --events, or the file would never end");
        Duration step = span != null
                ? Duration.ofNanos((long) (span.toMillis() * 1e6 / events))
                : rate > 0 ? Duration.ofNanos((long) (1e9 / rate)) : FULL_SPEED_STEP;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant first = start != null ? start : span != null ? now.minus(span) : now;
        check(!first.isBefore(EARLIEST_START), "--start-time must not be before " + EARLIEST_START);
        // Events ahead of the time they are sent at would be refused, against what their headers say.
        check(!first.plus(span == null ? Duration.ZERO : span).isAfter(now), "event times must not lie in the future");
        KeyChoice chosenKey = key != null ? key : profile == Profile.REFERENCE ? KeyChoice.RANDOM : KeyChoice.USER;
        try {
            return new StreamSettings(chosenSeed, first, step, profile, chosenKey, users, faults, file != null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise + ".");
        }
    }

    private Sink toKafka(String name, PrintWriter err) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        int found = InputTopic.ensure(settings, topic, partitions, PARTITIONS_OF_NEW);
        err.printf("Sending to topic %s (%d partitions) at %s.%n", topic, found, bootstrap);
        return new KafkaSink(settings, topic, name);
    }

    private OutputStream open() {
        try {
            return new BufferedOutputStream(
                    file.equals("-") ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(Path.of(file)),
                    64 * 1024);
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + file + ": " + e + ".", e);
        }
    }

    private void summary(GeneratorRun run, PrintWriter err) {
        err.printf(Locale.ROOT, "Sent %,d, acknowledged %,d. Intended outcomes:%n", run.sent(), run.acknowledged());
        run.sentByOutcome().forEach((outcome, count) -> err.printf(Locale.ROOT, "  %,12d  %s%n", count, outcome));
        err.flush();
    }
}

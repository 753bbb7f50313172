package io.gatehouse.lab.chaos;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.lab.kill.KillReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab chaos}: a pipeline that has to survive everything. */
@Command(
        name = "chaos",
        description = {
            "Starts three brokers and several workers as processes of their own, sends them realistic traffic, and breaks"
                    + " something every 20 to 30 seconds: processes, connections, disks, clocks, files, topics, rights. All"
                    + " that comes out is checked by content while it goes on, and once more at the end. It ends early when"
                    + " something is lost, doubled, out of order or wrong, or does not recover.",
            "",
            "The seed decides the traffic, which faults come when, and what they choose. Nothing leaves this machine; no"
                    + " process outlives the command."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab chaos",
            "  gatehouse lab chaos --minutes 100 --seed 7 --report docs/reliability",
            "  gatehouse lab chaos --faults worker-kill-transaction,broker-kill-leader --minutes 10",
            "  gatehouse lab chaos --list",
            "",
            "Exit codes: 0 content, 1 not content, 2 wrong usage."
        })
public final class ChaosCommand implements Callable<Integer> {
    /** What a broker stores of an event, three copies aside: input, result, journal, compressed; with room to spare. */
    private static final int BYTES_PER_EVENT = 1_000;

    private static final int SMALLEST_DISK_MEGABYTES = 1_024;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long faults are made; starting and checking come on top. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "N", description = "Of all chance. Default: a new one; it is printed.")
    private Long seed;

    @Option(
            names = "--faults",
            paramLabel = "NAME",
            split = ",",
            description = "Which may come. Default: all; see --list.")
    private List<String> names = List.of();

    @Option(names = "--without", paramLabel = "NAME", split = ",", description = "Which may not come. Default: none.")
    private List<String> excluded = List.of();

    @Option(
            names = "--least",
            paramLabel = "N",
            defaultValue = "0",
            description = "Go on beyond --minutes until so many faults have been made. Default: ${DEFAULT-VALUE}.")
    private int least;

    @Option(names = "--list", description = "Say which faults there are, and end.")
    private boolean isList;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Events a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--users", paramLabel = "N", defaultValue = "20000", description = "Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--bad",
            paramLabel = "FRACTION",
            defaultValue = "0.02",
            description = "How many of the events are bad. Default: ${DEFAULT-VALUE}.")
    private double badShare;

    @Option(
            names = "--key",
            defaultValue = "USER",
            description =
                    "What records are keyed by: user, or random, so that they are re-keyed on the way. Default: user.")
    private KeyChoice key;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Worker processes. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "12", description = "Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep logs and brokers' data here. Default: a temporary directory, which is told.")
    private Path directory;

    @Option(names = "--report", paramLabel = "DIR", description = "Write chaos.json, chaos.md and chaos.svg there.")
    private Path report;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting for the workers, as for 'gatehouse run'. May be repeated.")
    private Map<String, String> workerSettings = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (isList) {
            Faults.all(rate).forEach(fault -> out.printf("%-26s %s%n", fault.name(), fault.what()));
            return 0;
        }
        check(minutes > 0 && rate > 0, "--minutes and --rate must be positive");
        check(workers > 0 && partitions > 0 && users > 0, "--workers, --partitions and --users must be positive");
        check(badShare >= 0 && badShare <= 1, "--bad must be a fraction from 0 to 1");
        try {
            Instant begun = Instant.now();
            String commit = KillReport.commit();
            ChaosSettings settings = settings();
            out.printf(
                    Locale.ROOT,
                    "Seed %d, %.0f minutes of %d kinds of faults; logs in %s.%n",
                    settings.seed(),
                    minutes,
                    settings.faults().size(),
                    settings.directory());
            out.flush();
            ChaosResult result =
                    new ChaosRun(settings, ExpectedPlaces.of(null), happening -> print(out, happening)).run();
            print(out, result);
            if (report != null) {
                new ChaosReport(commit, begun, settings, result).write(report);
            }
            return result.isContent() ? 0 : 1;
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private ChaosSettings settings() throws IOException {
        double events = rate * minutes * 60;
        return new ChaosSettings(
                seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed,
                Duration.ofMillis((long) (minutes * 60_000)),
                least,
                faults(),
                rate,
                users,
                badShare,
                key,
                workers,
                partitions,
                directory == null ? Files.createTempDirectory("gatehouse-chaos") : Files.createDirectories(directory),
                Path.of("target", "builds"),
                SMALLEST_DISK_MEGABYTES + (int) (events * BYTES_PER_EVENT / (1 << 20)),
                workerSettings);
    }

    private List<Fault> faults() {
        List<Fault> all = Faults.all(rate);
        List<String> known = all.stream().map(Fault::name).toList();
        Stream.concat(names.stream(), excluded.stream())
                .forEach(name -> check(
                        known.contains(name),
                        "--faults and --without: there is no " + name + ", but " + String.join(", ", known)));
        List<Fault> chosen = all.stream()
                .filter(fault -> names.isEmpty() || names.contains(fault.name()))
                .filter(fault -> !excluded.contains(fault.name()))
                .toList();
        check(!chosen.isEmpty(), "--without leaves no fault");
        return chosen;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise + ".");
        }
    }

    private static void print(PrintWriter out, Happening happening) {
        String outcome = happening.isSurvived()
                ? String.format(
                        Locale.ROOT, "recovered in %.1f s", happening.recovery().toMillis() / 1000.0)
                : happening.leftOut() ? "left out: " + happening.trouble() : "NOT survived: " + happening.trouble();
        out.printf(Locale.ROOT, "%7.1f s  %-26s %s%n", happening.beganMs() / 1000.0, happening.kind(), outcome);
        out.flush();
    }

    private static void print(PrintWriter out, ChaosResult result) {
        out.printf(
                Locale.ROOT,
                "%,d events checked, %d faults survived, %,d sends unacknowledged.%n",
                result.checked(),
                result.survived(),
                result.unacknowledged());
        result.errors().forEach((kind, count) -> out.printf(Locale.ROOT, "%,d of kind %s%n", count, kind));
        result.told().forEach(told -> out.println("  " + told));
        out.println(result.isContent() ? "Content." : "NOT content.");
        out.flush();
    }
}

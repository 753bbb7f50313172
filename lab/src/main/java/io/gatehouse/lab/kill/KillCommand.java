package io.gatehouse.lab.kill;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.Span;
import io.gatehouse.lab.broker.BrokerException;
import io.gatehouse.lab.broker.BrokerLogs;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.reference.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab kill}: worker processes under SIGKILL, seed after seed. */
@Command(
        name = "kill",
        description =
                "For each seed: starts worker processes on fresh topics of an embedded broker, sends them realistic"
                        + " traffic, kills each of them (SIGKILL) several times on the way, and checks every field of what came"
                        + " out, closed sessions and statistics among it. The kills' moments depend on the seed alone. The column mid-tx tells how many kills left an"
                        + " open transaction behind.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab kill",
            "  gatehouse lab kill --first-seed 4 --seeds 1 --logs ./kill-logs",
            "  gatehouse lab kill --key random",
            "  gatehouse lab kill -D kafka.consumer.group.protocol=classic --report kill.json",
            "",
            "Exit codes: 0 all content, 1 at least one is not, 2 wrong usage."
        })
public final class KillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--first-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The first; the others count up from it. Default: ${DEFAULT-VALUE}.")
    private long firstSeed;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Events of each seed. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each worker is killed. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Worker processes. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2500",
            description =
                    "Events a second: low enough that the kills come while there is work. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--users", paramLabel = "N", defaultValue = "5000", description = "Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--key",
            defaultValue = "USER",
            description =
                    "What records are keyed by: user, or random, as the reference producer does it, so that they are"
                            + " re-keyed on the way. Default: user.")
    private KeyChoice key;

    @Option(
            names = "--faults",
            paramLabel = "FRACTION",
            defaultValue = "0.05",
            description = "How many of the events are bad. Default: ${DEFAULT-VALUE}.")
    private double faults;

    @Option(
            names = "--span",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "5d",
            description =
                    "How long the event times spread over, so that sessions begin and end. Default: ${DEFAULT-VALUE}.")
    private Duration span;

    @Option(
            names = "--longest",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "3m",
            description = "Bound of each wait beyond the time that the rate asks for. Default: ${DEFAULT-VALUE}.")
    private Duration longest;

    @Option(
            names = "--geo",
            paramLabel = "FILE",
            description = "The geo table of workers and checker. Default: the built-in one.")
    private Path geo;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what came out as JSON, too.")
    private Path report;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Keep the workers' output here. Default: a temporary directory, which is told.")
    private Path logs;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting for the workers, as for 'gatehouse run'. May be repeated.")
    private Map<String, String> workerSettings = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        check(seeds > 0 && events > 0 && rate > 0, "--seeds, --events and --rate must be positive");
        check(
                workers > 0 && partitions > 0 && kills >= 0,
                "--workers and --partitions must be positive, --kills not negative");
        BrokerLogs.onlyErrors();
        PrintWriter out = spec.commandLine().getOut();
        Instant begun = Instant.now();
        String commit = KillReport.commit();
        Places places = ExpectedPlaces.of(geo);
        List<RoundResult> results = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start()) {
            KillSettings settings = settings();
            out.printf("Broker at %s, the workers' output in %s.%n", broker.bootstrap(), settings.logs());
            out.printf(
                    "%6s %6s %8s %10s %10s %12s %10s %10s %8s  %s%n",
                    "seed",
                    "kills",
                    "mid-tx",
                    "events",
                    "processed",
                    "dead letters",
                    "sessions",
                    "statistics",
                    "seconds",
                    "verdict");
            out.flush();
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                RoundResult result = new KillRound(settings, places, broker.bootstrap(), "kill-" + seed, seed).run();
                results.add(result);
                print(out, result);
            }
            if (report != null) {
                KillReport.write(report, commit, begun, settings, results);
            }
        } catch (BrokerException | IOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return results.stream().allMatch(RoundResult::isContent) ? 0 : 1;
    }

    private KillSettings settings() throws IOException {
        Path directory = logs == null ? Files.createTempDirectory("gatehouse-kill") : Files.createDirectories(logs);
        Map<String, String> passed = new LinkedHashMap<>(workerSettings);
        if (geo != null) {
            passed.put("geo.database", geo.toAbsolutePath().toString());
        }
        return new KillSettings(
                events, users, key, faults, rate, span, workers, kills, partitions, longest, directory, passed);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise + ".");
        }
    }

    private static void print(PrintWriter out, RoundResult result) {
        out.printf(
                Locale.ROOT,
                "%6d %6d %8d %,10d %,10d %,12d %,10d %,10d %8.1f  %s%n",
                result.seed(),
                result.kills(),
                result.inTransaction(),
                result.events(),
                result.processed(),
                result.deadLetters(),
                result.sessions(),
                result.statistics(),
                result.seconds(),
                result.verdict());
        out.flush();
    }
}

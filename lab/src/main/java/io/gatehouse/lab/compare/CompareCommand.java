package io.gatehouse.lab.compare;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench compare}: how near to a plain copy, and how far from others. */
@Command(
        name = "compare",
        description = {
            "Measures Gatehouse beside a plain copy of its topics, which is the limit, and beside programs that do the same"
                    + " job with Kafka Streams, Flink, Spring Kafka and Python: one broker, the same input, processes of"
                    + " their own, by turns.",
            "",
            "Counts what a reader of committed records sees, from some seconds after the first commit. The first results of"
                    + " each partition are held against the reference: who is wrong is out."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab bench compare --data-dir /dev/shm --report docs/benchmarks",
            "  gatehouse lab bench compare --quick",
            "  gatehouse lab bench compare --only copy-keyed,gatehouse-keyed --no-sweep --rounds 3",
            "",
            "Exit codes: 0 measured, 1 not measured or somebody's results are wrong, 2 wrong usage."
        })
public final class CompareCommand implements Callable<Integer> {
    private static final List<String> QUICK = List.of("copy-keyed", "gatehouse-keyed", "streams", "python");
    private static final int QUICK_ROUNDS = 3;
    private static final long QUICK_EVENTS = 6_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Copy, Gatehouse, Kafka Streams and Python alone, three short rounds.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Who takes part. Default: all.")
    private List<String> names = List.of();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--no-sweep",
            description = "Do not try each contestant's variants first: run it with the settings that it comes with.")
    private boolean isNotSwept;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "22000000",
            description = "In the input: more than the fastest works off in a round. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(names = "--users", paramLabel = "N", defaultValue = "200000", description = "Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--logins-a-day",
            paramLabel = "N",
            defaultValue = "120",
            description = "Of a user, on average. Default: ${DEFAULT-VALUE}.")
    private int loginsADay;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--heap",
            paramLabel = "MB",
            defaultValue = "2048",
            description = "Of each contestant, all its processes together. Default: ${DEFAULT-VALUE}.")
    private int heapMegabytes;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            defaultValue = "100",
            description = "Between commits, or checkpoints. Default: ${DEFAULT-VALUE}.")
    private int commitIntervalMs;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the broker keeps its data; removed at the end. Default: a temporary directory.")
    private Path dataDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write compare.json, compare.md and compare.svg there.")
    private Path report;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        check(rounds > 0 && events > 0 && users > 0 && partitions > 0, "all numbers must be positive");
        check(heapMegabytes > 0 && commitIntervalMs > 0 && loginsADay > 0, "all numbers must be positive");
        try {
            Stamp stamp = Stamp.now(dataDirectory);
            Peers.build(out);
            CompareSettings settings = settings();
            List<Standing> standings = new Comparison(settings, out).run();
            if (report != null) {
                new CompareReport(stamp, settings, standings).write(report);
            }
            return standings.stream().allMatch(standing -> standing.difference() == null) ? 0 : 1;
        } catch (IOException | ProcessException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private CompareSettings settings() {
        return new CompareSettings(
                List.copyOf(contestants()),
                quick ? QUICK_ROUNDS : rounds,
                quick ? Timing.QUICK : Timing.FULL,
                !quick && !isNotSwept,
                quick ? QUICK_EVENTS : events,
                users,
                loginsADay,
                partitions,
                heapMegabytes,
                Duration.ofMillis(commitIntervalMs),
                dataDirectory);
    }

    private Collection<Contestant> contestants() {
        Map<String, Contestant> all = Contestants.all();
        List<String> chosen = quick && names.isEmpty() ? QUICK : names;
        chosen.forEach(name -> check(
                all.containsKey(name), "--only: there is no " + name + ", but " + String.join(", ", all.keySet())));
        return chosen.isEmpty()
                ? all.values()
                : all.values().stream()
                        .filter(contestant -> chosen.contains(contestant.name()))
                        .toList();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise + ".");
        }
    }
}

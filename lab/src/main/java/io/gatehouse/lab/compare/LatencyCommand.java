package io.gatehouse.lab.compare;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench latency}: how long a result takes. */
@Command(
        name = "latency",
        description = {
            "Sends logins at fixed rates, and measures for each how long after it was due a reader of committed results has"
                    + " its result. What is late because the sender, the broker or the reader was busy counts as late, too."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab bench latency --report docs/benchmarks",
            "  gatehouse lab bench latency --rates 20000 --only gatehouse-keyed --commit-interval 50",
        })
public final class LatencyCommand implements Callable<Integer> {
    private static final Timing QUICK = Timing.seconds(10, 5);

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "One rate, some seconds.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "copy-keyed,gatehouse-keyed,streams",
            description = "Who takes part. Default: ${DEFAULT-VALUE}.")
    private List<String> names;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,5000,20000,50000",
            description = "Events a second. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "30",
            description = "Seconds that are not counted. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "Seconds that are counted. Default: ${DEFAULT-VALUE}.")
    private int countedSeconds;

    @Option(names = "--users", paramLabel = "N", defaultValue = "200000", description = "Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--heap",
            paramLabel = "MB",
            defaultValue = "2048",
            description = "Of each contestant. Default: ${DEFAULT-VALUE}.")
    private int heapMegabytes;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Between commits. Default: ${DEFAULT-VALUE}.")
    private int commitIntervalMs;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the broker keeps its data; removed at the end. Default: a temporary directory.")
    private Path dataDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write latency.json, latency.md and latency.svg there.")
    private Path report;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        check(rates.stream().allMatch(rate -> rate > 0), "--rates must be positive");
        check(warmUpSeconds >= 0 && countedSeconds > 0, "--seconds must be positive");
        try {
            Stamp stamp = Stamp.now(dataDirectory);
            Peers.build(out);
            CompareSettings settings = settings();
            List<LatencyReport.Row> rows = run(settings, out);
            if (report != null) {
                new LatencyReport(stamp, settings, rows).write(report);
            }
            return 0;
        } catch (IOException | ProcessException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private List<LatencyReport.Row> run(CompareSettings settings, PrintWriter out)
            throws IOException, InterruptedException, ExecutionException {
        List<LatencyReport.Row> rows = new ArrayList<>();
        LatencyReport.table(List.of()).forEach(out::println);
        try (Stand stand = Stand.open(settings)) {
            for (int rate : quick ? rates.subList(0, 1) : rates) {
                for (Contestant contestant : settings.contestants()) {
                    rows.add(new LatencyReport.Row(contestant, rate, stand.run(contestant, rate, settings.timing())));
                    List<String> table = LatencyReport.table(rows);
                    out.println(table.get(table.size() - 1));
                    out.flush();
                }
            }
        }
        return rows;
    }

    private CompareSettings settings() {
        Map<String, Contestant> all = Contestants.all();
        names.forEach(name -> check(
                all.containsKey(name) && !all.get(name).hasTwoStages(),
                String.format(Locale.ROOT, "--only: %s is none of those whose input is keyed", name)));
        return new CompareSettings(
                names.stream().map(all::get).toList(),
                1,
                quick ? QUICK : Timing.seconds(warmUpSeconds, countedSeconds),
                false,
                1,
                users,
                1,
                partitions,
                heapMegabytes,
                Duration.ofMillis(commitIntervalMs),
                dataDirectory);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise + ".");
        }
    }
}

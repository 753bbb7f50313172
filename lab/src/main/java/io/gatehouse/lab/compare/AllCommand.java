package io.gatehouse.lab.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench all}: the benchmarks that write reports, one after another. */
@Command(
        name = "all",
        description =
                "Runs compare, latency and scale, one after another: some two hours, or a quarter of one with --quick.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab bench all --report docs/benchmarks",
            "  gatehouse lab bench all --quick --data-dir /dev/shm"
        })
public final class AllCommand implements Callable<Integer> {
    private static final List<String> COMMANDS = List.of("compare", "latency", "scale");

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Small numbers of each.")
    private boolean quick;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where brokers keep their data; removed at the end. Default: a temporary directory.")
    private Path dataDirectory;

    @Option(names = "--report", paramLabel = "DIR", description = "Write the reports of all three there.")
    private Path report;

    /** All are run, whatever came of those before: the first exit code that is not 0. */
    @Override
    public Integer call() {
        CommandLine bench = spec.commandLine().getParent();
        int exitCode = 0;
        for (String name : COMMANDS) {
            int code = bench.getSubcommands().get(name).execute(arguments());
            exitCode = exitCode == 0 ? code : exitCode;
        }
        return exitCode;
    }

    private String[] arguments() {
        List<String> arguments = new ArrayList<>();
        if (quick) {
            arguments.add("--quick");
        }
        if (dataDirectory != null) {
            arguments.addAll(List.of("--data-dir", dataDirectory.toString()));
        }
        if (report != null) {
            arguments.addAll(List.of("--report", report.toString()));
        }
        return arguments.toArray(String[]::new);
    }
}

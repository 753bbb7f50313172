package io.gatehouse.lab.compare;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench scale}: what grows with what. */
@Command(
        name = "scale",
        description = {
            "Measures what users, partitions and processes do to throughput; how soon a process is ready, and how soon one"
                    + " that was killed goes on; how long a backlog takes; and what is remembered and journaled, in bytes."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab bench scale --data-dir /dev/shm --report docs/benchmarks",
            "  gatehouse lab bench scale --quick"
        })
public final class ScaleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Small numbers, some minutes.")
    private boolean quick;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the broker keeps its data; removed at the end. Default: a temporary directory.")
    private Path dataDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--report", paramLabel = "DIR", description = "Write scale.json, scale.md and scale.svg there.")
    private Path report;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Stamp stamp = Stamp.now(dataDirectory);
            List<Figure> figures = new Scale(dataDirectory, quick, figure -> print(out, figure)).run();
            if (report != null) {
                new ScaleReport(stamp, figures).write(report);
            }
            return 0;
        } catch (IOException | ProcessException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private static void print(PrintWriter out, Figure figure) {
        out.printf("%-70s %s%n", figure.what(), figure.told());
        out.flush();
    }
}

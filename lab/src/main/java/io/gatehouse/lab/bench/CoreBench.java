package io.gatehouse.lab.bench;

import io.gatehouse.app.command.CommandFailure;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench core}: what a login costs in the core, in time and memory. */
@Command(
        name = "core",
        description = {
            "Measures the core without Kafka: nanoseconds and allocated bytes for each login (JMH, one thread, all"
                    + " features, uniformly random users and addresses), the heap each user takes, and a random read of"
                    + " the machine's memory for comparison. Takes about three minutes."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse lab bench core", "  gatehouse lab bench core --users 5000000"})
public final class CoreBench implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Users remembered. Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--geo",
            paramLabel = "PATH",
            defaultValue = JudgeBenchmark.BUILT_IN,
            description = "Geo table. Default: the built-in one.")
    private String geo;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Machine            " + Machine.describe());
        out.println("Java               " + System.getProperty("java.vm.version"));
        out.flush();
        RunResult judged = run(JudgeBenchmark.class, true);
        RunResult read = run(MemoryAccessBenchmark.class, false);
        HeapPerUser heap = HeapPerUser.measure(users);
        line(out, "Judging a login    %s", spread(judged));
        line(out, "  allocates        %.0f bytes", allocatedBytes(judged));
        line(out, "A random read      %s", spread(read));
        line(out, "Heap of a user     %.0f bytes, %.0f of them its image", heap.heapBytes(), heap.imageBytes());
        line(out, "                   mean of %,d users of the realistic profile", heap.users());
        HeapPerUser most = HeapPerUser.measureMostDevices(users);
        line(out, "  with 8 devices   %.0f bytes, %.0f of them its image", most.heapBytes(), most.imageBytes());
        return 0;
    }

    private RunResult run(Class<?> benchmark, boolean judging) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmark.getName().replace(".", "\\."))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (judging) {
            options.param("users", Integer.toString(users)).param("geo", geo).addProfiler(GCProfiler.class);
        }
        try {
            return new Runner(options.build()).runSingle();
        } catch (RunnerException e) {
            throw new CommandFailure("the benchmark failed: " + e.getMessage(), e);
        }
    }

    /** Median and range, not mean and error: what disturbs a measurement makes it longer and never shorter. */
    private static String spread(RunResult result) {
        Statistics iterations = result.getPrimaryResult().getStatistics();
        return String.format(
                Locale.ROOT,
                "%,.0f ns (median of %d iterations, %,.0f to %,.0f)",
                iterations.getPercentile(50),
                iterations.getN(),
                iterations.getMin(),
                iterations.getMax());
    }

    private static double allocatedBytes(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        throw new IllegalStateException("the profiler did not report allocation");
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}

package io.gatehouse.lab.bench;

import io.gatehouse.lab.compare.AllCommand;
import io.gatehouse.lab.compare.CompareCommand;
import io.gatehouse.lab.compare.LatencyCommand;
import io.gatehouse.lab.compare.ScaleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench}: how fast it is. */
@Command(
        name = "bench",
        description = "Measures Gatehouse on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CompareCommand.class,
            LatencyCommand.class,
            ScaleCommand.class,
            AllCommand.class,
            BytesBench.class,
            CoreBench.class,
            FlowBench.class,
            ScrapeBench.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? Choose one of those below.");
    }
}

package io.gatehouse.lab;

import io.gatehouse.lab.bench.BenchCommand;
import io.gatehouse.lab.chaos.ChaosCommand;
import io.gatehouse.lab.chaos.SoakCommand;
import io.gatehouse.lab.check.CheckCommand;
import io.gatehouse.lab.corpus.CorpusCommand;
import io.gatehouse.lab.corpus.NameServerCommand;
import io.gatehouse.lab.fault.FaultCommand;
import io.gatehouse.lab.fuzz.FuzzCommand;
import io.gatehouse.lab.kill.KillCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab}: what tries a pipeline out. */
@Command(
        name = "lab",
        description = "Tries a pipeline out, and checks what comes of it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CheckCommand.class,
            KillCommand.class,
            ChaosCommand.class,
            SoakCommand.class,
            CorpusCommand.class,
            NameServerCommand.class,
            FaultCommand.class,
            FuzzCommand.class,
            BenchCommand.class
        })
final class LabCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? Choose one of those below.");
    }
}

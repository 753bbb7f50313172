package io.gatehouse.lab.fault;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab fault}: what goes wrong in production, at will. */
@Command(
        name = "fault",
        description =
                "Makes a fault that lasts until it is stopped (Ctrl-C), and then is undone. deploy/test/alerts makes"
                        + " each alert fire with them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TransactionCommand.class, RefusalCommand.class, LossCommand.class, TableCommand.class})
public final class FaultCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which fault? Choose one of those below.");
    }

    /** Says that the fault is there now. */
    static void say(CommandSpec spec, Object fault) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(fault);
        out.flush();
    }
}

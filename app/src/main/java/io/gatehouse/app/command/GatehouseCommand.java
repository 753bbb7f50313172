package io.gatehouse.app.command;

import io.gatehouse.app.StartException;
import io.gatehouse.app.Version;
import io.gatehouse.app.capacity.CapacityCommand;
import io.gatehouse.app.dlq.DlqCommand;
import io.gatehouse.app.explain.ExplainCommand;
import io.gatehouse.app.geo.GeoCommand;
import io.gatehouse.app.watch.LagCommand;
import io.gatehouse.app.watch.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "gatehouse",
        description = "Turns a Kafka topic of user logins into knowledge, in real time, exactly once.",
        mixinStandardHelpOptions = true,
        versionProvider = GatehouseCommand.PrintedVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes: 0 done, 1 failed, 2 wrong usage; lag and status: 3 not all is well.%n")
public final class GatehouseCommand implements Runnable {
    /** The work could not be done; standard error says why. */
    static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    private GatehouseCommand() {}

    /** The root with all production subcommands, and with their common way of reporting errors. */
    public static CommandLine commandLine() {
        return SourceTreeCommands.explainedBy(new CommandLine(new GatehouseCommand()))
                .addSubcommand(new RunCommand())
                .addSubcommand(new ProcessCommand())
                .addSubcommand(new TopicsCommand())
                .addSubcommand(new ResetCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new LagCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new DlqCommand())
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new GeoCommand())
                .addSubcommand(new CapacityCommand())
                .addSubcommand(new RehearseCommand())
                .setExecutionExceptionHandler(GatehouseCommand::report)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? Choose one of those below.");
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof CommandFailure || failure instanceof StartException) {
            command.getErr().println("gatehouse: " + failure.getMessage());
        } else {
            command.getErr().println("gatehouse: this should not have happened, and is a defect:");
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILED;
    }

    static final class PrintedVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gatehouse " + Version.current()};
        }
    }
}

package io.gatehouse.app.command;

import io.gatehouse.app.StartException;
import io.gatehouse.app.Version;
import io.gatehouse.app.capacity.CapacityCommand;
import io.gatehouse.app.dlq.DlqCommand;
import io.gatehouse.app.explain.ExplainCommand;
import io.gatehouse.app.geo.GeoCommand;
import io.gatehouse.app.watch.LagCommand;
import io.gatehouse.app.watch.StatusCommand;
import java.util.List;
import java.util.stream.Stream;
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

    private static final List<Class<?>> PRODUCTION = List.of(
            RunCommand.class,
            ProcessCommand.class,
            TopicsCommand.class,
            ResetCommand.class,
            ExplainCommand.class,
            LagCommand.class,
            StatusCommand.class,
            DlqCommand.class,
            ConfigCommand.class,
            GeoCommand.class,
            CapacityCommand.class,
            RehearseCommand.class);

    @Spec
    private CommandSpec spec;

    private GatehouseCommand() {}

    /**
     * The root with production's subcommands and more, and with their common way of reporting errors.
     *
     * @param arguments where they begin with the name of a subcommand, only that one is made: picocli takes 20 ms and
     *     more for each on a slow machine, of a start that is to be short
     */
    public static CommandLine commandLine(List<Class<?>> more, String... arguments) {
        CommandLine root = SourceTreeCommands.explainedBy(new CommandLine(new GatehouseCommand()));
        List<Class<?>> all = Stream.concat(PRODUCTION.stream(), more.stream()).toList();
        List<Class<?>> named = all.stream()
                .filter(type -> arguments.length > 0 && nameOf(type).equals(arguments[0]))
                .toList();
        (named.isEmpty() ? all : named).forEach(root::addSubcommand);
        return root.setExecutionExceptionHandler(GatehouseCommand::report).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static String nameOf(Class<?> subcommand) {
        return subcommand.getAnnotation(Command.class).name();
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

package io.gatehouse.app;

import io.gatehouse.app.command.GatehouseCommand;
import java.util.List;
import picocli.CommandLine;

/** The {@code gatehouse} command of the production distribution. */
public final class Gatehouse {
    private Gatehouse() {}

    public static void main(String[] args) {
        System.exit(commandLine(List.of(), args).execute(args));
    }

    /** The command with its production subcommands. */
    public static CommandLine commandLine() {
        return commandLine(List.of());
    }

    /**
     * The same with those that a launcher ships beside them, so that help, exit codes and errors are the same everywhere.
     *
     * @param more classes of subcommands, each with a constructor without parameters
     * @param arguments what will be executed; where they begin with the name of a subcommand, the others are left out
     */
    public static CommandLine commandLine(List<Class<?>> more, String... arguments) {
        return GatehouseCommand.commandLine(more, arguments);
    }
}

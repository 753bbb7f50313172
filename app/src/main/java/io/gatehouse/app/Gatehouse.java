package io.gatehouse.app;

import io.gatehouse.app.command.GatehouseCommand;
import picocli.CommandLine;

/** The {@code gatehouse} command of the production distribution. */
public final class Gatehouse {
    private Gatehouse() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /**
     * The command with its production subcommands. A launcher that ships more of them adds them to this one, so that
     * help, exit codes and errors are the same everywhere.
     */
    public static CommandLine commandLine() {
        return GatehouseCommand.commandLine();
    }
}

package io.gatehouse.lab;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.lab.broker.BrokerCommand;
import io.gatehouse.lab.demo.DemoCommand;
import io.gatehouse.lab.generate.GenerateCommand;
import java.util.List;
import picocli.CommandLine;

/** The {@code gatehouse} command with everything: production's subcommands and the lab's. */
public final class Lab {
    private Lab() {}

    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    static CommandLine commandLine(String... arguments) {
        return Gatehouse.commandLine(
                List.of(DemoCommand.class, GenerateCommand.class, BrokerCommand.class, LabCommand.class), arguments);
    }
}

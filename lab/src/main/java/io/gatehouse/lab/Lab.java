package io.gatehouse.lab;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.lab.broker.BrokerCommand;
import io.gatehouse.lab.demo.DemoCommand;
import io.gatehouse.lab.generate.GenerateCommand;
import picocli.CommandLine;

/** The {@code gatehouse} command with everything: production's subcommands and the lab's. */
public final class Lab {
    private Lab() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Gatehouse.commandLine()
                .addSubcommand(new DemoCommand())
                .addSubcommand(new GenerateCommand())
                .addSubcommand(new BrokerCommand())
                .addSubcommand(new LabCommand())
                // Said again, as it reaches only the subcommands that are there.
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}

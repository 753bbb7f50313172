package io.gatehouse.app.geo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse geo}: asks, describes and makes geo tables. */
@Command(
        name = "geo",
        description = "Asks the geo table, says what it holds, or makes one from MMDB files.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LookupCommand.class, InfoCommand.class, CompileCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse geo lookup 81.2.69.142 2001:218::1",
            "  gatehouse geo info",
            "  gatehouse geo compile --out places.geo GeoLite2-City.mmdb",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class GeoCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? Choose one of those below.");
    }
}

package io.gatehouse.app.dlq;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse dlq}. */
@Command(
        name = "dlq",
        description =
                "Looks at dead letters, tells what they have in common, and sends them back to the input, mended.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            StatsCommand.class,
            ReplayCommand.class,
            ExportCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dlq stats --config gatehouse.properties --from 1h",
            "  gatehouse dlq list --config gatehouse.properties --reason missing_field --field user_id",
            "  gatehouse dlq show --config gatehouse.properties user-login-dlq/3/17",
            "  gatehouse dlq replay --config gatehouse.properties --reason missing_field --rename uid=user_id",
            "  gatehouse dlq export --config gatehouse.properties --out letters.jsonl",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? Choose one of those below.");
    }
}

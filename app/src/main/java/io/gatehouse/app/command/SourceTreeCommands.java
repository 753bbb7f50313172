package io.gatehouse.app.command;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells who asks the production distribution for a command of the source tree where that is to be had. */
final class SourceTreeCommands implements IParameterExceptionHandler {
    /** What a launcher in a source tree adds; there they are known, and this handler never sees them. */
    private static final Set<String> NAMES = Set.of("demo", "broker", "generate", "lab");

    private final IParameterExceptionHandler otherwise;

    private SourceTreeCommands(IParameterExceptionHandler otherwise) {
        this.otherwise = otherwise;
    }

    static CommandLine explainedBy(CommandLine command) {
        return command.setParameterExceptionHandler(new SourceTreeCommands(command.getParameterExceptionHandler()));
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) throws Exception {
        // In a source tree these commands are there, and know themselves what they do not.
        boolean isOfTheTop = wrong.getCommandLine().getParent() == null;
        if (!(wrong instanceof UnmatchedArgumentException) || !isOfTheTop || !NAMES.contains(arguments[0])) {
            return otherwise.handleParseException(wrong, arguments);
        }
        CommandLine command = wrong.getCommandLine();
        command.getErr()
                .println("gatehouse: '" + arguments[0] + "' is for trying things out, and not part of the production"
                        + " distribution: run ./gatehouse " + arguments[0] + " in a source tree.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}

package io.gatehouse.lab.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is still to be done when this process is gone, however it ended: a shell waits for the end of its input, which
 * comes even after a SIGKILL, and then runs a command. A shutdown hook would not run then, and what a child looks after by
 * itself is not looked after while the child is stopped.
 */
public final class LastWill {
    /** Signals that a terminal sends to all of its processes must not end the shell before it has done its work. */
    private static final String WAIT = "trap '' INT TERM HUP; read -r gone; \"$@\"";

    private final Process shell;

    private LastWill(Process shell) {
        this.shell = shell;
    }

    /**
     * From now until it is revoked.
     *
     * @throws ProcessException if this machine has no shell
     */
    public static LastWill of(String... command) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", WAIT, "last-will"));
        line.addAll(List.of(command));
        try {
            return new LastWill(new ProcessBuilder(line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new ProcessException("no shell could be started: " + e.getMessage(), e);
        }
    }

    /** Its command will not run. */
    public void revoke() {
        shell.destroyForcibly();
    }
}

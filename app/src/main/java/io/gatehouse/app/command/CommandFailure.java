package io.gatehouse.app.command;

/**
 * A command that could not do its work for a reason the user can mend. The message says what is wrong and what to do; it
 * is all that is printed, and the exit code is 1.
 */
public final class CommandFailure extends RuntimeException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

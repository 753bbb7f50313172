package io.gatehouse.lab.process;

/** A process that does not start, end or work as it must; the message says which and how. */
public final class ProcessException extends RuntimeException {
    public ProcessException(String message) {
        super(message);
    }

    public ProcessException(String message, Throwable cause) {
        super(message, cause);
    }
}

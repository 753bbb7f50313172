package io.gatehouse.app;

/** Something stands in the way of starting; the message says what, and what to do. */
public final class StartException extends RuntimeException {
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}

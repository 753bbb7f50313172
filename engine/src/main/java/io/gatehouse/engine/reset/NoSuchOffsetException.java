package io.gatehouse.engine.reset;

/** A destination that the topic does not have; the message says what it has. Nothing has been changed. */
public final class NoSuchOffsetException extends RuntimeException {
    NoSuchOffsetException(String message) {
        super(message);
    }
}

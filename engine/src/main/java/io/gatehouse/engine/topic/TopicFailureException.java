package io.gatehouse.engine.topic;

/** The cluster could not be asked, or refused; the message says what to do. */
public final class TopicFailureException extends RuntimeException {
    TopicFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}

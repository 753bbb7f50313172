package io.gatehouse.engine.state;

/** A record of the state topic that cannot be read; the message says what is wrong with it. */
public final class DamagedJournalException extends RuntimeException {
    DamagedJournalException(String message) {
        super(message);
    }

    DamagedJournalException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.gatehouse.lab.kill;

/** A round could not be carried out; the message says why. */
final class KillException extends RuntimeException {
    KillException(String message) {
        super(message);
    }

    KillException(String message, Throwable cause) {
        super(message, cause);
    }
}

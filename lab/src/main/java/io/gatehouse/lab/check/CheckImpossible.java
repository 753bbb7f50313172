package io.gatehouse.lab.check;

/** The topics cannot be checked; the message says why. */
public final class CheckImpossible extends RuntimeException {
    CheckImpossible(String message) {
        super(message);
    }

    CheckImpossible(String message, Throwable cause) {
        super(message, cause);
    }
}

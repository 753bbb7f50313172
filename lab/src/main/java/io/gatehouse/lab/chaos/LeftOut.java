package io.gatehouse.lab.chaos;

/** A fault that cannot be made here; the message says why. */
final class LeftOut extends RuntimeException {
    LeftOut(String message) {
        super(message);
    }

    LeftOut(String message, Throwable cause) {
        super(message, cause);
    }
}

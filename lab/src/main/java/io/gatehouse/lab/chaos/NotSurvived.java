package io.gatehouse.lab.chaos;

/** The pipeline did not stand a fault; the message says how. */
final class NotSurvived extends RuntimeException {
    NotSurvived(String message) {
        super(message);
    }
}

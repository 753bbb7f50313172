package io.gatehouse.engine.worker;

/** Something that Gatehouse will not do until a person has mended it; the message says what happened and what to do. */
final class Refusal extends RuntimeException {
    Refusal(String message) {
        super(message);
    }
}

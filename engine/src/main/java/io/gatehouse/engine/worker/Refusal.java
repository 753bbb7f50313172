package io.gatehouse.engine.worker;

/** Something that Gatehouse will not do until a person has mended it; the message says what happened and what to do. */
public final class Refusal extends RuntimeException {
    public Refusal(String message) {
        super(message);
    }
}

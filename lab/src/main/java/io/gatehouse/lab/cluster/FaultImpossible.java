package io.gatehouse.lab.cluster;

/** A fault that cannot be made on this machine; the message says what it needs. */
public final class FaultImpossible extends RuntimeException {
    FaultImpossible(String message) {
        super(message);
    }
}

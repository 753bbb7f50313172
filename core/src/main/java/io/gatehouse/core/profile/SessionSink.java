package io.gatehouse.core.profile;

/** Takes closed sessions. */
@FunctionalInterface
public interface SessionSink {
    /** One revision of a session: its record's key and value, the taker's to keep. */
    void accept(byte[] key, byte[] value);
}

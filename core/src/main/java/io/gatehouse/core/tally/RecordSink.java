package io.gatehouse.core.tally;

/** Takes records of statistics that are to be published. */
@FunctionalInterface
public interface RecordSink {
    /** One record, key and value as UTF-8; both belong to the receiver. */
    void accept(byte[] key, byte[] value);
}

package io.gatehouse.peers.job;

/** What becomes of a record. */
public sealed interface Outcome permits Outcome.Processed, Refusal {
    /**
     * A record of the processed topic.
     *
     * @param key the user's id, UTF-8
     * @param value the event with its enrichment, UTF-8
     */
    record Processed(byte[] key, byte[] value) implements Outcome {}
}

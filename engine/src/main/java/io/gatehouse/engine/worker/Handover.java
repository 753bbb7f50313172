package io.gatehouse.engine.worker;

/** A partition on its way from its last owner to us. Nothing here waits: {@link #advance} does what can be done now. */
interface Handover<P extends WorkedPartition> {
    /** Does what can be done now. */
    void advance(StateReader reader, long nowNs);

    /** The partition, ready to be worked on; null until then. */
    P result();

    /** True when the group has never committed this partition: its first commit should not wait for a first record. */
    boolean isFirstStart();

    /** Records still to be read before the partition is ready; at least 1 until then. */
    long remaining();

    /** Why it does not go on and what to do about it; null when it does. */
    String trouble();

    /** Gives the partition up before it was ready. */
    void abandon(StateReader reader);
}

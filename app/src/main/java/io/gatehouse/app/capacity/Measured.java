package io.gatehouse.app.capacity;

/**
 * What was measured of single events and users; {@code docs/performance.md} tells machine and commit. Whatever is reckoned
 * from it for other rates is an extrapolation.
 *
 * @param workerMicros CPU time of the workers for an event, microseconds
 * @param brokerMicros CPU time of the broker for what the workers read and write for an event, microseconds
 * @param rekeyedShare throughput where the input is re-keyed, as a share of what it is where it is keyed
 * @param eventBytes an event's value as it is
 * @param inputBytes an event in the input as Kafka keeps it: compressed, with its share of headers
 * @param resultBytes what it becomes in the processed topic, the same
 * @param sessionBytes its share of the topic of closed sessions, the same
 * @param journalBytes its share of the state topic, the same
 * @param userHeapBytes heap that a user takes
 * @param userImageBytes a user in the state topic, not compressed
 */
record Measured(
        double workerMicros,
        double brokerMicros,
        double rekeyedShare,
        double eventBytes,
        double inputBytes,
        double resultBytes,
        double sessionBytes,
        double journalBytes,
        double userHeapBytes,
        double userImageBytes) {
    /** The figures of {@code docs/performance.md}. */
    static final Measured LATEST = new Measured(
            3.22, // lab bench compare, median of Gatehouse, keyed
            1.02, // the same, while the journal was still compressed
            0.61, // lab bench compare, re-keyed beside keyed
            218.4, // lab bench bytes --events 2000000
            106.9, // the same
            218.1, // the same
            7.9, // the same
            109.4, // the same
            164, // lab bench scale
            120); // lab bench core

    /** What passes the broker for an event in that benchmark: without those who write the input, and without copies. */
    double brokerBytes() {
        return inputBytes + resultBytes + sessionBytes + journalBytes;
    }
}

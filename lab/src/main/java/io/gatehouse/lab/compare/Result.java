package io.gatehouse.lab.compare;

/**
 * What one round came to.
 *
 * @param eventsPerSecond committed, as a reader of committed records sees them
 * @param contestantMicros CPU time of all processes of the contestant for each event
 * @param brokerMicros CPU time of the broker for each event
 * @param peakMegabytes the most memory that the contestant's processes held, together
 * @param difference how its results differ from the reference's; null when they do not
 */
record Result(
        double eventsPerSecond, double contestantMicros, double brokerMicros, long peakMegabytes, String difference) {
    /** The same, with what its results say. */
    Result with(String found) {
        return new Result(eventsPerSecond, contestantMicros, brokerMicros, peakMegabytes, found);
    }
}

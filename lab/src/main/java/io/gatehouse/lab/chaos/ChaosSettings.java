package io.gatehouse.lab.chaos;

import io.gatehouse.lab.generate.KeyChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run is like.
 *
 * @param seed of the traffic, of which faults come when, and of all that they choose
 * @param time how long faults are made; starting, draining and checking come on top
 * @param leastFaults they go on beyond that time until so many have been made
 * @param faults those that may come; at least one
 * @param rate events a second
 * @param users how many of the realistic profile's users they are of
 * @param badShare fraction of bad events
 * @param key what records are keyed by; where it is not the user, the pipeline re-keys them
 * @param directory for brokers' data and all logs
 * @param builds where builds of earlier commits are kept
 * @param diskMegabytes of the broker whose disk is made full
 * @param workerSettings further settings of the workers
 */
record ChaosSettings(
        long seed,
        Duration time,
        int leastFaults,
        List<Fault> faults,
        double rate,
        int users,
        double badShare,
        KeyChoice key,
        int workers,
        int partitions,
        Path directory,
        Path builds,
        int diskMegabytes,
        Map<String, String> workerSettings) {
    boolean isRekeyed() {
        return key == KeyChoice.RANDOM;
    }
}

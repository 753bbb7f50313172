package io.gatehouse.lab.kill;

import io.gatehouse.lab.generate.KeyChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What each round is like.
 *
 * @param events how many are generated
 * @param users how many of the realistic profile's users they are of
 * @param key what records are keyed by; the pipeline finds out by itself
 * @param faults fraction of bad events
 * @param rate events a second
 * @param span how long the event times spread over
 * @param workers how many worker processes
 * @param kills how often each worker is killed
 * @param longest bound of each phase: generating beyond the time the rate asks for, draining
 * @param logs directory for the workers' output
 * @param workerSettings further settings of the workers
 */
record KillSettings(
        long events,
        int users,
        KeyChoice key,
        double faults,
        double rate,
        Duration span,
        int workers,
        int kills,
        int partitions,
        Duration longest,
        Path logs,
        Map<String, String> workerSettings) {}

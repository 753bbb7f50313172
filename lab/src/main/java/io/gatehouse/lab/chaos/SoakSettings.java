package io.gatehouse.lab.chaos;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a soak is like.
 *
 * @param time how long it lasts, warm-up included
 * @param warmUp what is measured before is not counted
 * @param rate events a second
 * @param users how many there are, all the while the same
 * @param logs directory for the workers' output
 */
record SoakSettings(long seed, Duration time, Duration warmUp, double rate, int users, Path logs) {}

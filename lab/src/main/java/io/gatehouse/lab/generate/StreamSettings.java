package io.gatehouse.lab.generate;

import java.time.Duration;
import java.time.Instant;

/**
 * What a {@link LoginStream} is made from; equal settings make equal streams, byte for byte.
 *
 * @param seed of all chance in the stream
 * @param start event time of the first record
 * @param step event time between one record and the next; not negative
 * @param users how many users return, 1 to {@link #MAX_USERS}; of no effect in the reference profile
 * @param faults fraction of bad events, 0 to 1
 * @param oneLine whether no value may hold a line break, so that each can stand on a line of a file
 */
public record StreamSettings(
        long seed,
        Instant start,
        Duration step,
        Profile profile,
        KeyChoice key,
        int users,
        double faults,
        boolean oneLine) {
    /** Far beyond any machine that runs the lab; users cost nothing until they log in. */
    public static final int MAX_USERS = 100_000_000;

    /** @throws IllegalArgumentException when a value is out of its range */
    public StreamSettings {
        if (users < 1 || users > MAX_USERS) {
            throw new IllegalArgumentException("users must be 1 to " + MAX_USERS + ", not " + users);
        }
        if (!(faults >= 0 && faults <= 1)) {
            throw new IllegalArgumentException("faults must be a fraction from 0 to 1, not " + faults);
        }
        if (step.isNegative()) {
            throw new IllegalArgumentException("step must not be negative, but is " + step);
        }
    }

    /** Realistic traffic keyed by user, from a start on, one event each step. */
    public static StreamSettings realistic(long seed, Instant start, Duration step, int users, double faults) {
        return new StreamSettings(seed, start, step, Profile.REALISTIC, KeyChoice.USER, users, faults, false);
    }

    /** The same settings with other keys. */
    public StreamSettings keyedBy(KeyChoice other) {
        return new StreamSettings(seed, start, step, profile, other, users, faults, oneLine);
    }

    /** The same settings with values that each stand on one line. */
    public StreamSettings onOneLine() {
        return new StreamSettings(seed, start, step, profile, key, users, faults, true);
    }
}

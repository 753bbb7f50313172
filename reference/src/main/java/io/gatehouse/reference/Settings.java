package io.gatehouse.reference;

import java.util.Map;

/**
 * What the contract leaves to configuration.
 *
 * @param maxEventBytes the largest value that is looked into, bytes
 * @param sessionGapMs silence that ends a session, milliseconds
 * @param retentionMs silence after which a user is forgotten, milliseconds
 * @param sessionsLatenessMs how long after its end a session is closed, milliseconds
 * @param statsWindowMs length of a window of statistics, milliseconds
 * @param profileEnabled whether anything is remembered of users
 * @param fieldNames what the producer calls the fields, by the contract's name; those not given are called by that
 */
public record Settings(
        int maxEventBytes,
        long sessionGapMs,
        long retentionMs,
        long sessionsLatenessMs,
        long statsWindowMs,
        boolean profileEnabled,
        Map<String, String> fieldNames) {
    /** The contract's values: 64 KiB, 30 minutes, 90 days, 5 minutes, 1 minute. */
    public static final Settings DEFAULTS =
            new Settings(64 * 1024, 30 * 60_000L, 90 * 86_400_000L, 5 * 60_000L, 60_000L, true, Map.of());

    public Settings {
        fieldNames = Map.copyOf(fieldNames);
    }

    /** With the contract's names. */
    public Settings(
            int maxEventBytes,
            long sessionGapMs,
            long retentionMs,
            long sessionsLatenessMs,
            long statsWindowMs,
            boolean profileEnabled) {
        this(
                maxEventBytes,
                sessionGapMs,
                retentionMs,
                sessionsLatenessMs,
                statsWindowMs,
                profileEnabled,
                DEFAULTS.fieldNames);
    }

    /** The contract's values for what is not given. */
    public Settings(int maxEventBytes, long sessionGapMs, long retentionMs) {
        this(maxEventBytes, sessionGapMs, retentionMs, DEFAULTS.sessionsLatenessMs, DEFAULTS.statsWindowMs, true);
    }

    /** What the producer calls the field that the contract calls {@code field}. */
    String nameOf(String field) {
        return fieldNames.getOrDefault(field, field);
    }
}

package io.gatehouse.core;

import io.gatehouse.core.login.FieldNames;

/**
 * What the judgement of a login depends on besides the login and its user's memory, and how it is counted.
 *
 * @param maxEventBytes the largest value that is looked into, bytes
 * @param sessionGapMs silence that ends a session, milliseconds
 * @param retentionMs silence after which a user is forgotten, milliseconds
 * @param sessionsLatenessMs how much longer than a gap is waited for late logins before a session counts as closed,
 *     milliseconds
 * @param profileEnabled whether anything is remembered of users; what rests on memory says otherwise what an unknown
 *     user without devices would get, and no session
 * @param fieldNames what the producer calls the fields that are read
 * @param statsWindowMs length of a window of statistics, milliseconds
 * @param statsPublishIntervalMs how long changed statistics of an open window wait for being published, milliseconds
 * @param sessionsEnabled whether sessions that begin are published when they close
 * @param statsEnabled whether statistics by windows are counted
 */
public record JudgeSettings(
        int maxEventBytes,
        long sessionGapMs,
        long retentionMs,
        long sessionsLatenessMs,
        boolean profileEnabled,
        FieldNames fieldNames,
        long statsWindowMs,
        long statsPublishIntervalMs,
        boolean sessionsEnabled,
        boolean statsEnabled) {
    /** The contract's values: 64 KiB, 30 minutes, 90 days, 5 minutes, windows of a minute. */
    public static final JudgeSettings DEFAULTS =
            new JudgeSettings(64 * 1024, 30 * 60_000L, 90 * 86_400_000L, 5 * 60_000L);

    /** With all there is, the contract's names and its windows, published each five seconds. */
    public JudgeSettings(int maxEventBytes, long sessionGapMs, long retentionMs, long sessionsLatenessMs) {
        this(
                maxEventBytes,
                sessionGapMs,
                retentionMs,
                sessionsLatenessMs,
                true,
                FieldNames.DEFAULTS,
                60_000,
                5_000,
                true,
                true);
    }

    /** Whether sessions are published when they close: that rests on memory. */
    public boolean publishesSessions() {
        return profileEnabled && sessionsEnabled;
    }

    /**
     * Whether statistics are counted and published: that rests on memory, without which a successor would begin its counts
     * anew, and the last value of a key would not be all of it.
     */
    public boolean keepsStatistics() {
        return profileEnabled && statsEnabled;
    }
}

package io.gatehouse.core;

/**
 * What the judgement of a login depends on besides the login and its user's memory.
 *
 * @param maxEventBytes the largest value that is looked into, bytes
 * @param sessionGapMs silence that ends a session, milliseconds
 * @param retentionMs silence after which a user is forgotten, milliseconds
 */
public record JudgeSettings(int maxEventBytes, long sessionGapMs, long retentionMs) {
    /** The contract's values: 64 KiB, 30 minutes, 90 days. */
    public static final JudgeSettings DEFAULTS = new JudgeSettings(64 * 1024, 30 * 60_000L, 90 * 86_400_000L);
}

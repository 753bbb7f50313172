package io.gatehouse.reference;

/**
 * What the contract leaves to configuration.
 *
 * @param maxEventBytes the largest value that is looked into, bytes
 * @param sessionGapMs silence that ends a session, milliseconds
 * @param retentionMs silence after which a user is forgotten, milliseconds
 */
public record Settings(int maxEventBytes, long sessionGapMs, long retentionMs) {
    /** The contract's values: 64 KiB, 30 minutes, 90 days. */
    public static final Settings DEFAULTS = new Settings(64 * 1024, 30 * 60_000L, 90 * 86_400_000L);
}

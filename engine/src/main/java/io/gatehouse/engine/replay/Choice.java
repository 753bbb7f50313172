package io.gatehouse.engine.replay;

/**
 * A letter that is replayed, or would be.
 *
 * @param value what is sent; null where the original has none
 * @param verdict why it would be refused again; null when it passes
 */
public record Choice(Letter letter, byte[] value, Cause verdict) {}

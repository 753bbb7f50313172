package io.gatehouse.engine.topic;

/**
 * Something about a topic that is not as it should be.
 *
 * @param setting a topic setting, or "partitions"
 * @param actual what it is
 * @param wanted what it should be, and why
 * @param mend what to do about it
 */
public record Difference(String setting, String actual, String wanted, String mend) {}

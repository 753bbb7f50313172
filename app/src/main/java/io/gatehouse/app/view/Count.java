package io.gatehouse.app.view;

/**
 * How often a value was counted.
 *
 * @param value may be as a producer spelled it
 */
public record Count(String value, long count) {}

package io.gatehouse.app.metrics;

/**
 * A page of metrics as it goes over the wire.
 *
 * @param contentType names the format
 */
public record Exposition(String contentType, String text) {}

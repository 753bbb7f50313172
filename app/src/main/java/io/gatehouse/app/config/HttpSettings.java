package io.gatehouse.app.config;

import java.util.OptionalInt;

/**
 * Where health, metrics and statistics are served.
 *
 * @param port empty for nowhere; 0 for any free port
 */
public record HttpSettings(String address, OptionalInt port) {}

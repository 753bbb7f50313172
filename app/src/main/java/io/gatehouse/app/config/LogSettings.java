package io.gatehouse.app.config;

import io.gatehouse.app.log.LogFormat;
import io.gatehouse.app.log.LogLevel;
import java.time.Duration;

/**
 * What is logged, and how.
 *
 * @param statisticsInterval between two statistics lines; zero for none
 */
public record LogSettings(LogFormat format, LogLevel level, Duration statisticsInterval) {}

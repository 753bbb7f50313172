package io.gatehouse.app.log;

/** The least severity that Gatehouse itself logs. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}

package io.gatehouse.app.log;

/** The shape of a log line. */
public enum LogFormat {
    /** One line for people. */
    TEXT,
    /** One JSON object with the field names of the Elastic Common Schema. */
    JSON
}

package io.gatehouse.app.config;

import java.util.OptionalInt;

/**
 * How topics are made that are not there yet.
 *
 * @param partitions of each topic, at least 1
 * @param replication copies of each partition; empty for three, or as many as there are brokers
 */
public record NewTopics(int partitions, OptionalInt replication) {}

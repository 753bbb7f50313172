package io.gatehouse.engine.topic;

import java.util.Map;

/** A topic as the cluster has it. */
record ActualTopic(int partitions, int replication, Map<String, String> settings) {}

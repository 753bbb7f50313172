package io.gatehouse.engine.reset;

import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;

/** A consumer group, and those who speak for it. */
public record Group(String id, Clients clients, Cluster cluster) {}

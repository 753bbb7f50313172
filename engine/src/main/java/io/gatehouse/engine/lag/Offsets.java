package io.gatehouse.engine.lag;

/**
 * Where a partition stands.
 *
 * @param committed the group's committed offset; {@link Sample#NOTHING} when it has none, or no group was asked for
 * @param stableEnd the end that a reader of committed records sees
 * @param end the end that a reader of uncommitted records sees
 */
record Offsets(long committed, long stableEnd, long end) {}

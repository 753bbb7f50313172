/**
 * A simulated Kafka: one thread, one seed, no time but its own. It keeps what the engine builds on (transactions,
 * fencing, read-committed readers, stable offsets, group membership) and makes everything else go wrong.
 */
package io.gatehouse.engine.sim;

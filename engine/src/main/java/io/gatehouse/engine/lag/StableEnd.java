package io.gatehouse.engine.lag;

import java.time.Duration;

/**
 * How far readers of committed records come in a partition of a topic that Gatehouse writes.
 *
 * @param heldBack records that they cannot read yet, because a transaction that began before them is open
 * @param stuckFor how long the first of them has held the others back; zero when nothing does
 */
public record StableEnd(int partition, long heldBack, Duration stuckFor) {}

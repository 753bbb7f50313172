package io.gatehouse.engine.lag;

import java.util.Locale;

/**
 * What a partition's lag means, judged by how its committed offset and its end have moved over the last half minute. An
 * amount of lag alone says nothing: 10,000 records are a moment's work or a day's.
 *
 * <p>The distinctions are those of Burrow (LinkedIn's monitor of consumer lag, "Consumer Lag Evaluation Rules"): caught up
 * within the window is good, moving with growing lag is a warning, not moving with lag is an error. What differs: Burrow
 * counts a window in commits of the consumer, which an idle topic does not have, and calls a group stopped when its commits
 * grow old; here the window is of time, and a group is stopped when Kafka says that nobody owns the partition.
 *
 * <p>Lag is counted up to the last stable offset. What lies behind it belongs to transactions that are still open, and no
 * reader of committed records can be late with it.
 */
public enum Verdict {
    /**
     * Nothing waits, whatever the age of the last record; or at some moment of the window's later half no more did than is
     * in flight ({@link LagRules#inFlight}); or the partition moves, and its lag does not grow.
     */
    OK,
    /**
     * The committed offset moves, and yet the lag has grown, over the window as over its later half, by more than {@value
     * LagHistory#TOLERATED_LOSS} of what arrived and what arrives between two commits. So a burst that is being worked off
     * is not meant, nor the saw-teeth that commits make.
     */
    FALLING_BEHIND,
    /**
     * Somebody owns the partition, records wait, and the committed offset has stood still for {@link LagRules#patience}.
     * A worker with anything to do commits every {@code commit.interval}.
     */
    STALLED,
    /**
     * Nobody owns the partition, and nobody has for {@link LagRules#TURNOVER}, whether records wait or not: the next one
     * will. Rebalances leave a partition without an owner for a moment, and are not meant.
     */
    STOPPED,
    /** There is no trend yet, or Kafka does not answer. */
    UNKNOWN;

    /** As in metrics and JSON, for example {@code falling_behind}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people read it, for example {@code falling behind}. */
    public String words() {
        return label().replace('_', ' ');
    }
}

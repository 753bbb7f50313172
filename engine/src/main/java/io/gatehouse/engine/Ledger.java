package io.gatehouse.engine;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What was taken from a partition and what became of it, in transactions that are known to be committed, since the process
 * began. Taken is counted where records are polled, and what became of them where Kafka has acknowledged what was sent: so
 * a record that is lost anywhere between makes a difference. All counts move together, when a commit is known to have come
 * through: the difference is 0 at every moment, unless Gatehouse has a defect.
 *
 * <p>Where logins are judged, each record taken becomes one result or one dead letter. Where the input is re-keyed, word of
 * a record that the first stage has refused calls for neither, and is not counted as taken.
 *
 * <p>In the stage that re-keys, each record taken becomes one record of the by-user topic, be it the login or word of a
 * refusal, and each word of a refusal comes with one dead letter. {@code out} are the logins. The difference is what either
 * of the two rules is off by, in any transaction, one way or the other.
 *
 * @param partition of the topic read
 * @param in records taken that something must come of
 * @param out results, or logins routed
 * @param deadLetters records sent to the dead letters
 * @param difference records too few; where logins are judged, negative for too many
 */
public record Ledger(int partition, long in, long out, long deadLetters, long difference) {
    /** A partition of which nothing was taken yet. */
    public static Ledger empty(int partition) {
        return new Ledger(partition, 0, 0, 0, 0);
    }

    /** Both together; they are of the same partition. */
    public Ledger plus(Ledger other) {
        return new Ledger(
                partition,
                in + other.in,
                out + other.out,
                deadLetters + other.deadLetters,
                difference + other.difference);
    }

    /** One for each partition, in their order. */
    static List<Ledger> merge(Collection<Ledger> parts) {
        TreeMap<Integer, Ledger> sums = new TreeMap<>();
        parts.forEach(part -> sums.merge(part.partition, part, Ledger::plus));
        return List.copyOf(sums.values());
    }
}

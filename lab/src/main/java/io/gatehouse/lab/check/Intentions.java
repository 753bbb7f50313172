package io.gatehouse.lab.check;

import io.gatehouse.lab.generate.GeneratorHeaders;
import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Differences;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Compares what became of generated records with what the generator made them for: a second witness beside the
 * reference, which might share a misreading of the contract with the pipeline. What was made to be accepted is not held:
 * a dead letter would say what it was made for.
 */
final class Intentions {
    private static final String ACCEPTED = "accepted";

    /** A record of the input. */
    private record Source(long partition, long offset) {}

    private final Differences differences;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<Long, Long> lastReadOfPartition = new HashMap<>();
    /** Input records made to be refused, of which no dead letter has come; and what for. */
    private final Map<Source, String> toBeRefused = new HashMap<>();
    /** Input records that have not come, and of which dead letters have. */
    private final Set<Source> refusedEarly = new HashSet<>();

    /** @param mostTold how many differences are told one by one */
    Intentions(int mostTold) {
        differences = new Differences(mostTold);
    }

    void input(ConsumerRecord<byte[], byte[]> record) {
        Source source = new Source(record.partition(), record.offset());
        lastReadOfPartition.put(source.partition, source.offset);
        String intended = HeaderText.of(record, GeneratorHeaders.OUTCOME);
        boolean isRefused = refusedEarly.remove(source);
        if (!isRefused && intended != null && !intended.equals(ACCEPTED)) {
            toBeRefused.put(source, intended.intern());
        }
    }

    void processed() {
        outcomes.merge(ACCEPTED, 1L, Long::sum);
    }

    void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String field = HeaderText.of(record, "gatehouse.field");
        String outcome = HeaderText.of(record, "gatehouse.reason") + (field == null ? "" : " " + field);
        outcomes.merge(outcome, 1L, Long::sum);
        Source source = new Source(
                HeaderText.number(record, "gatehouse.source.partition"),
                HeaderText.number(record, "gatehouse.source.offset"));
        boolean isRead = source.offset <= lastReadOfPartition.getOrDefault(source.partition, -1L);
        if (toBeRefused.remove(source) == null && !isRead) {
            refusedEarly.add(source);
        }
        String intended = HeaderText.of(record, GeneratorHeaders.OUTCOME);
        if (intended != null && !intended.equals(outcome)) {
            tell(differences, source, intended, outcome);
        }
    }

    /** Processed events, as "accepted", and dead letters by reason and field. */
    Map<String, Long> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** Generated records that have become something else than they were made for, whatever comes after. */
    Differences soFar() {
        return differences;
    }

    /** The same, when all has come that was to come. */
    Differences complete() {
        Differences complete = differences.copy();
        toBeRefused.forEach((source, intended) -> tell(complete, source, intended, ACCEPTED));
        return complete;
    }

    private static void tell(Differences to, Source source, String intended, String outcome) {
        to.add(
                Kind.UNINTENDED,
                "input " + source.partition + "@" + source.offset,
                "was made to be '" + intended + "' and is '" + outcome + "'");
    }
}

package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.generate.GeneratorHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Compares what became of generated records with what the generator made them for: a second witness beside the
 * reference, which might share a misreading of the contract with the pipeline.
 */
final class Intentions {
    private static final String ACCEPTED = "accepted";

    /** @param outcome null when the record does not come from the generator */
    private record Intended(String source, String seq, String outcome) {}

    private final List<Intended> inputs = new ArrayList<>();
    private final Map<String, String> refused = new HashMap<>();

    void input(ConsumerRecord<byte[], byte[]> record) {
        String outcome = header(record, GeneratorHeaders.OUTCOME);
        inputs.add(new Intended(
                record.partition() + "@" + record.offset(),
                header(record, GeneratorHeaders.SEQ),
                outcome == null ? null : outcome.intern()));
    }

    void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String field = header(record, "gatehouse.field");
        refused.put(
                header(record, "gatehouse.source.partition") + "@" + header(record, "gatehouse.source.offset"),
                header(record, "gatehouse.reason") + (field == null ? "" : " " + field));
    }

    /** Input records by outcome: "accepted", or the dead letter's reason and field. */
    Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new TreeMap<>();
        inputs.forEach(input -> outcomes.merge(outcome(input), 1L, Long::sum));
        return outcomes;
    }

    /** Generated records whose outcome is not the intended one, in words. */
    List<String> differences() {
        return inputs.stream()
                .filter(input -> input.outcome != null && !input.outcome.equals(outcome(input)))
                .map(input -> "input " + input.source + " (generated as number " + input.seq + ") was made to be '"
                        + input.outcome + "' and is '" + outcome(input) + "'")
                .toList();
    }

    private String outcome(Intended input) {
        return refused.getOrDefault(input.source, ACCEPTED);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}

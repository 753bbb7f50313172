package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.DUPLICATE_FIELD;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;
import static io.gatehouse.lab.corpus.Expectation.RESERVED_FIELD;
import static io.gatehouse.lab.corpus.Expectation.refused;

import io.gatehouse.lab.generate.Draft;
import java.util.List;

/** Two faults in one event: the one that the contract looks for first is the reason, wherever it stands. */
final class FaultPairs {
    /** @param json what stands in the field's place; null when the field is absent */
    private record FieldFault(String field, String json, String reason) {
        Expectation expected() {
            return refused(reason, field);
        }

        Draft in(Draft event) {
            Draft without = event.remove(field);
            return json == null ? without : without.add(field, json);
        }

        @Override
        public String toString() {
            return reason + " " + field;
        }
    }

    /** In the contract's order of the fields. */
    private static final List<FieldFault> FAULTS = List.of(
            new FieldFault("user_id", null, "missing_field"),
            new FieldFault("user_id", "17", "wrong_type"),
            new FieldFault("user_id", "\"\"", "invalid_user_id"),
            new FieldFault("timestamp", null, "missing_field"),
            new FieldFault("timestamp", "{}", "wrong_type"),
            new FieldFault("timestamp", "\"soon\"", "invalid_timestamp"),
            new FieldFault("timestamp", "-1", "timestamp_out_of_range"),
            new FieldFault("ip", "17", "wrong_type"),
            new FieldFault("ip", "\"localhost\"", "invalid_ip"),
            new FieldFault("device_type", "[]", "wrong_type"),
            new FieldFault("device_type", "\"" + "x".repeat(257) + "\"", "field_too_long"),
            new FieldFault("app_version", "2.3", "wrong_type"),
            new FieldFault("app_version", "\"" + "1".repeat(257) + "\"", "field_too_long"),
            new FieldFault("locale", "false", "wrong_type"),
            new FieldFault("locale", "\"" + "é".repeat(257) + "\"", "field_too_long"),
            new FieldFault("device_id", "{}", "wrong_type"),
            new FieldFault("device_id", "\"" + "😀".repeat(257) + "\"", "field_too_long"));

    private FaultPairs() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.PAIRS);
        for (FieldFault first : FAULTS) {
            for (FieldFault second : FAULTS.subList(FAULTS.indexOf(first) + 1, FAULTS.size())) {
                if (!first.field().equals(second.field())) {
                    String names = first + " and " + second;
                    entries.add(names, second.in(first.in(entries.good())), first.expected());
                    entries.add(names + ", the other way round", first.in(second.in(entries.good())), first.expected());
                }
            }
            String name = first.toString();
            entries.add("duplicate_field and " + name, first.in(entries.good()).add("note", "1"), DUPLICATE_FIELD);
            entries.add("reserved_field and " + name, first.in(entries.good()).add("enrichment", "1"), RESERVED_FIELD);
            entries.add("malformed_json and " + name, first.in(entries.good()).add("x", "01"), MALFORMED_JSON);
        }
        entries.add(
                "duplicate_field and reserved_field",
                entries.good().add("enrichment", "1").add("note", "1"),
                DUPLICATE_FIELD);
        entries.add(
                "malformed_json and duplicate_field",
                entries.good().add("note", "1").add("x", "+1"),
                MALFORMED_JSON);
        return entries.records();
    }
}

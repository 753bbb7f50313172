package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.refused;

import io.gatehouse.lab.generate.Draft;
import io.gatehouse.lab.generate.FieldFaults;
import java.util.List;
import java.util.stream.Stream;

/** Each field absent, null, of each type that it must not have, and in each spelling of its name. */
final class Types {
    private static final List<String> REQUIRED = List.of("user_id", "timestamp");
    private static final List<String> OPTIONAL = List.of("ip", "device_type", "app_version", "locale", "device_id");

    private static final List<String> NEITHER_TEXT_NOR_NUMBER = List.of(
            "[ ]",
            "[null]",
            "[[]]",
            "[{}]",
            "[\"\"]",
            "[0]",
            "[true]",
            "[\"a\", \"b\"]",
            "[1, \"a\", null, {}, []]",
            "{ }",
            "{\"\": null}",
            "{\"a\": {}}",
            "{\"a\": []}",
            "{\"user_id\": \"u\"}",
            "{\"$oid\": \"507f1f77bcf86cd799439011\"}",
            "{\"$date\": 1767225000000}",
            "{\"string\": \"u\"}",
            "{\"long\": 1767225000}",
            "{\"value\": \"u\", \"type\": 1}",
            "{\"enrichment\": {}}",
            "{\"a\": \"\\u0000\"}",
            "[\"\\ud83d\\ude00\"]");

    private Types() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.TYPES);
        for (String field : REQUIRED) {
            entries.add(field + " absent", entries.good().remove(field), refused("missing_field", field));
            entries.add(field + " null", entries.good().put(field, "null"), refused("missing_field", field));
            Draft escaped = entries.good().remove(field).add(Spelling.escaped(field), "null");
            entries.add(field + " null under an escaped name", escaped, refused("missing_field", field));
            Draft nested = entries.good().remove(field).add("x", "{\"" + field + "\": \"1767225000\"}");
            entries.add(field + " further down alone", nested, refused("missing_field", field));
        }
        for (String field : OPTIONAL) {
            entries.add(field + " absent", entries.good().remove(field), ACCEPTED);
            entries.add(field + " null", entries.good().put(field, "null"), ACCEPTED);
            Draft escaped = entries.good().remove(field).add(Spelling.escaped(field), "null");
            entries.add(field + " null under an escaped name", escaped, ACCEPTED);
        }
        Stream.concat(REQUIRED.stream(), OPTIONAL.stream()).forEach(field -> wrong(entries, field));
        Draft bare = new Draft(entries.good().user());
        entries.add(
                "nothing but what must be there",
                bare.addText("user_id", bare.user()).add("timestamp", Long.toString(Entries.LOGIN_S)),
                Expectation.withCategory("unknown"));
        return entries.records();
    }

    private static void wrong(Entries entries, String field) {
        List<String> known = field.equals("timestamp") ? FieldFaults.NO_TIMESTAMP_TYPE : FieldFaults.NO_TEXT;
        Stream.concat(known.stream(), NEITHER_TEXT_NOR_NUMBER.stream()).forEach(json -> {
            entries.add(field + " is " + json, entries.good().put(field, json), refused("wrong_type", field));
            Draft escaped = entries.good().remove(field).add(Spelling.escaped(field), json);
            entries.add(field + " is " + json + " under an escaped name", escaped, refused("wrong_type", field));
        });
    }
}

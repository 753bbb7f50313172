package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.DUPLICATE_FIELD;
import static io.gatehouse.lab.corpus.Expectation.RESERVED_FIELD;

import io.gatehouse.lab.generate.Draft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names that come twice, the reserved one, and others that only look so. */
final class Names {
    private static final List<String> FIELDS =
            List.of("user_id", "timestamp", "ip", "device_type", "app_version", "locale", "device_id", "note");

    private static final List<String> ODD = List.of(
            "",
            " ",
            "constructor",
            "__proto__",
            "toString",
            "hasOwnProperty",
            "$where",
            "$ref",
            "@type",
            "@class",
            "class",
            "schema_version",
            "source",
            "event_time",
            "gatehouse.reason",
            "User_ID",
            "USER_ID",
            "user_id ",
            " user_id",
            "user-id",
            "userId",
            "user_ıd",
            "uѕer_id",
            "user_id\\u0000",
            "\\u0000",
            "timestamp\\u200b",
            "\\ufeffip",
            "ip.",
            "IP",
            "i\\u0307p",
            "enrichmen",
            "enrichments",
            "Enrichment",
            "ENRICHMENT",
            "enrichment ",
            " enrichment",
            "enr\\u0131chment",
            "enrichment\\u0000",
            "\\\"",
            "\\\\",
            "a\\\\\\\"b",
            "a\\nb",
            "\\r\\n",
            "\\u001b[2J",
            "😀",
            "\\ud83d\\ude00",
            "é",
            "e\\u0301",
            "\\u202e",
            "{{x}}",
            "${x}",
            "%s%n",
            "<x>",
            "'",
            "' or 1=1 --",
            "../x",
            "0",
            "-1",
            "null",
            "true",
            "[]",
            "{}");

    private Names() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.NAMES);
        for (String field : FIELDS) {
            spellings(field).forEach((spelling, name) -> {
                for (String json : List.of("\"a\"", "null", "17", "{\"" + field + "\": 1}")) {
                    entries.add(
                            field + " again, " + spelling + ", " + json,
                            entries.good().add(name, json),
                            DUPLICATE_FIELD);
                }
                Draft both = new Draft(entries.good().user()).add(name, "1").add(name, "1");
                entries.add(field + " twice and nothing else, " + spelling, both, DUPLICATE_FIELD);
            });
            entries.add(
                    field + " further down",
                    entries.good().add("x", "{\"" + field + "\": {\"" + field + "\": 1}}"),
                    ACCEPTED);
            entries.add(
                    field + " twice further down",
                    entries.good().add("x", "{\"" + field + "\": 1, \"" + field + "\": 2}"),
                    ACCEPTED);
        }
        spellings("enrichment").forEach((spelling, name) -> reserved(entries, spelling, name));
        for (String name : ODD) {
            entries.add("other " + name, entries.good().add(name, "1"), ACCEPTED);
            entries.add(
                    "other " + name + " twice", entries.good().add(name, "1").add(name, "2"), DUPLICATE_FIELD);
        }
        entries.add("equal once read: slash", entries.good().add("/", "1").add("\\/", "1"), DUPLICATE_FIELD);
        entries.add(
                "equal once read: emoji", entries.good().add("😀", "1").add("\\ud83d\\ude00", "1"), DUPLICATE_FIELD);
        entries.add(
                "equal once read: upper case",
                entries.good().add("\\u00e9", "1").add("\\u00E9", "1"),
                DUPLICATE_FIELD);
        entries.add("equal once read: tab", entries.good().add("\\t", "1").add("\\u0009", "1"), DUPLICATE_FIELD);
        entries.add("equal to the eye: accent", entries.good().add("é", "1").add("e\u0301", "1"), ACCEPTED);
        entries.add("equal to the eye: Cyrillic", entries.good().add("a", "1").add("а", "1"), ACCEPTED);
        entries.add("equal to the eye: zero width", entries.good().add("a", "1").add("a\u200B", "1"), ACCEPTED);
        entries.add("equal but for case", entries.good().add("x", "1").add("X", "1"), ACCEPTED);
        return entries.records();
    }

    private static void reserved(Entries entries, String spelling, String name) {
        for (String json : List.of("{\"schema_version\": 1}", "{}", "null", "\"\"", "[]", "0", "false")) {
            entries.add("enrichment, " + spelling + ", " + json, entries.good().add(name, json), RESERVED_FIELD);
        }
        entries.add(
                "enrichment twice, " + spelling, entries.good().add(name, "1").add(name, "1"), DUPLICATE_FIELD);
        entries.add("enrichment alone, " + spelling, new Draft(entries.good().user()).add(name, "1"), RESERVED_FIELD);
        Draft first = new Draft(entries.good().user()).add(name, "1").add("user_id", "17");
        entries.add("enrichment before a fault of a field, " + spelling, first, RESERVED_FIELD);
        entries.add("enrichment further down, " + spelling, entries.good().add("x", "{\"" + name + "\": 1}"), ACCEPTED);
    }

    private static Map<String, String> spellings(String name) {
        Map<String, String> spellings = new LinkedHashMap<>();
        spellings.put("plain", name);
        spellings.put("first letter escaped", Spelling.escaped(name.substring(0, 1)) + name.substring(1));
        spellings.put(
                "last letter escaped",
                name.substring(0, name.length() - 1) + Spelling.escaped(name.substring(name.length() - 1)));
        spellings.put("all escaped", Spelling.escaped(name));
        return spellings;
    }
}

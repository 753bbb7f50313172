package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.DUPLICATE_FIELD;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;
import static io.gatehouse.lab.corpus.Expectation.NOT_AN_OBJECT;

import io.gatehouse.lab.generate.Draft;
import java.util.List;

/** How deep, and how much of everything, within the largest event. */
final class Nesting {
    private static final int MAX_DEPTH = 16;

    /** Of what is much; with the rest it stays under the largest event. */
    private static final int MUCH = 60_000;

    private Nesting() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.NESTING);
        for (int depth = 1; depth <= 40; depth++) {
            deep(entries, depth);
        }
        for (int depth : new int[] {64, 100, 256, 1_000, 1_024, 5_000, 10_000, 25_000}) {
            beyond(entries, depth);
        }
        for (String field :
                List.of("user_id", "timestamp", "ip", "device_type", "app_version", "locale", "device_id")) {
            entries.add(
                    field + " 15 deep",
                    entries.good().put(field, arrays(15)),
                    Expectation.refused("wrong_type", field));
            entries.add(field + " 16 deep", entries.good().put(field, arrays(16)), MALFORMED_JSON);
            entries.add(field + " far too deep", entries.good().put(field, arrays(20_000)), MALFORMED_JSON);
        }
        wide(entries);
        return entries.records();
    }

    /** @param depth without the event itself, which is the first level */
    private static void deep(Entries entries, int depth) {
        Expectation expected = depth < MAX_DEPTH ? ACCEPTED : MALFORMED_JSON;
        entries.add("arrays " + depth, entries.good().add("x", arrays(depth)), expected);
        entries.add("objects " + depth, entries.good().add("x", objects(depth)), expected);
        entries.add("both " + depth, entries.good().add("x", both(depth)), expected);
        entries.add("behind others " + depth, entries.good().add("x", "[[]]").add("y", arrays(depth)), expected);
        String whole = arrays(depth);
        entries.add(
                "whole " + depth, entries.good().user(), whole, depth <= MAX_DEPTH ? NOT_AN_OBJECT : MALFORMED_JSON);
        Draft first = new Draft(entries.good().user()).add("x", arrays(depth));
        entries.add(
                "nothing but arrays " + depth,
                first,
                depth < MAX_DEPTH ? Expectation.refused("missing_field", "user_id") : MALFORMED_JSON);
    }

    private static void beyond(Entries entries, int depth) {
        entries.add("arrays " + depth, entries.good().add("x", arrays(depth)), MALFORMED_JSON);
        entries.add("whole " + depth, entries.good().user(), arrays(depth), MALFORMED_JSON);
        entries.add("arrays opened " + depth, entries.good().user(), "[".repeat(depth), MALFORMED_JSON);
        entries.add("objects opened " + depth, entries.good().user(), "{\"\":".repeat(depth / 4), MALFORMED_JSON);
        entries.add("arrays closed " + depth, entries.good().user(), "]".repeat(depth), MALFORMED_JSON);
    }

    private static void wide(Entries entries) {
        Draft members = entries.good();
        for (int i = 0; i < 5_000; i++) {
            members.add("x" + i, "1");
        }
        entries.add("5,000 members", members, ACCEPTED);
        Draft repeated = entries.good();
        for (int i = 0; i < 5_000; i++) {
            repeated.add("x" + i, "1");
        }
        entries.add("5,000 members, the last as the first", repeated.add("x0", "1"), DUPLICATE_FIELD);
        entries.add("2,048 names of one hash", colliding(entries), ACCEPTED);
        entries.add(
                "2,048 names of one hash, one of them twice",
                colliding(entries).add(colliding(0), "1"),
                DUPLICATE_FIELD);
        entries.add("a long name", entries.good().add("x".repeat(MUCH), "1"), ACCEPTED);
        entries.add(
                "a long name twice",
                entries.good().add("x".repeat(MUCH / 3), "1").add("x".repeat(MUCH / 3), "1"),
                DUPLICATE_FIELD);
        entries.add(
                "long names that differ in the end",
                entries.good().add("x".repeat(MUCH / 3), "1").add("x".repeat(MUCH / 3) + "y", "1"),
                ACCEPTED);
        entries.add("a long text", entries.good().addText("x", "😀".repeat(MUCH / 4)), ACCEPTED);
        entries.add("a text of escapes", entries.good().add("x", "\"" + "\\u0000".repeat(MUCH / 6) + "\""), ACCEPTED);
        entries.add("a text of backslashes", entries.good().add("x", "\"" + "\\".repeat(MUCH) + "\""), ACCEPTED);
        entries.add(
                "a text of backslashes, odd",
                entries.good().add("x", "\"" + "\\".repeat(MUCH + 1) + "\""),
                MALFORMED_JSON);
        entries.add("a long number", entries.good().add("x", "9".repeat(MUCH)), ACCEPTED);
        entries.add("a long fraction", entries.good().add("x", "0." + "9".repeat(MUCH)), ACCEPTED);
        entries.add("a long exponent", entries.good().add("x", "1e" + "9".repeat(MUCH)), ACCEPTED);
        entries.add("a long array", entries.good().add("x", "[" + "0,".repeat(MUCH / 2) + "0]"), ACCEPTED);
        entries.add("many empty arrays", entries.good().add("x", "[" + "[],".repeat(MUCH / 3) + "[]]"), ACCEPTED);
        entries.add("many empty objects", entries.good().add("x", "[" + "{},".repeat(MUCH / 3) + "{}]"), ACCEPTED);
        Draft before = entries.good();
        entries.add("much white space before", before.user(), " ".repeat(MUCH) + before.text(), ACCEPTED);
        Draft after = entries.good();
        entries.add("much white space after", after.user(), after.text() + "\r\n".repeat(MUCH / 2), ACCEPTED);
        entries.add("much white space within", entries.good().add("x", "\t".repeat(MUCH) + "1"), ACCEPTED);
        for (String field : List.of("device_type", "app_version", "locale", "device_id")) {
            entries.add(
                    "a long " + field,
                    entries.good().addText("z", "").put(field, "\"" + "x".repeat(MUCH) + "\""),
                    Expectation.refused("field_too_long", field));
        }
        entries.add(
                "a long user_id",
                entries.good().put("user_id", "\"" + "x".repeat(MUCH) + "\""),
                Expectation.refused("invalid_user_id", "user_id"));
        entries.add(
                "a long ip",
                entries.good().put("ip", "\"" + "1.".repeat(MUCH / 2) + "\""),
                Expectation.refused("invalid_ip", "ip"));
        entries.add(
                "a long ip of colons",
                entries.good().put("ip", "\"" + ":".repeat(MUCH) + "\""),
                Expectation.refused("invalid_ip", "ip"));
        entries.add(
                "a long timestamp",
                entries.good().put("timestamp", "9".repeat(MUCH)),
                Expectation.refused("timestamp_out_of_range", "timestamp"));
        entries.add(
                "a long negative timestamp",
                entries.good().put("timestamp", "-" + "9".repeat(MUCH)),
                Expectation.refused("timestamp_out_of_range", "timestamp"));
        entries.add(
                "a timestamp of many digits",
                entries.good().put("timestamp", "\"" + "9".repeat(MUCH) + "\""),
                Expectation.refused("timestamp_out_of_range", "timestamp"));
        entries.add(
                "a timestamp behind many zeros",
                entries.good().put("timestamp", "\"" + "0".repeat(MUCH) + Entries.LOGIN_S + "\""),
                ACCEPTED);
    }

    private static Draft colliding(Entries entries) {
        Draft event = entries.good();
        for (int i = 0; i < 2_048; i++) {
            event.add(colliding(i), "1");
        }
        return event;
    }

    /** "Aa" and "BB" have the same {@link String#hashCode}, and so have all texts made of them. */
    private static String colliding(int number) {
        StringBuilder name = new StringBuilder(22);
        for (int bit = 0; bit < 11; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static String arrays(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String objects(int depth) {
        return "{\"\": ".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String both(int depth) {
        StringBuilder text = new StringBuilder("1");
        for (int level = 0; level < depth; level++) {
            text = level % 2 == 0
                    ? text.insert(0, "[").append("]")
                    : text.insert(0, "{\"y\": ").append("}");
        }
        return text.toString();
    }
}

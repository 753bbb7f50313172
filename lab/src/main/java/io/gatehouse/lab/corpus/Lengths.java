package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.TOO_LARGE;
import static io.gatehouse.lab.corpus.Expectation.refused;

import io.gatehouse.lab.generate.Draft;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each limit of length less one, met, and passed by one. */
final class Lengths {
    private static final int MAX_USER_ID = 128;
    private static final int MAX_TEXT = 256;
    private static final int MAX_EVENT_BYTES = 64 * 1024;

    /** One character each, as it stands in JSON; no two the same, for they make users, whose records have other keys. */
    private static final Map<String, String> CHARACTERS = new LinkedHashMap<>();

    static {
        CHARACTERS.put("ASCII", "x");
        CHARACTERS.put("two bytes", "é");
        CHARACTERS.put("three bytes", "日");
        CHARACTERS.put("four bytes", "😀");
        CHARACTERS.put("escaped", "\\u0079");
        CHARACTERS.put("short escapes", "\\/");
        CHARACTERS.put("escaped pairs", "\\ud83d\\ude01");
        CHARACTERS.put("accents that combine", "\u0301");
        CHARACTERS.put("zero width", "\u200B");
    }

    private Lengths() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.LENGTHS);
        CHARACTERS.forEach((kind, character) -> {
            for (int length :
                    new int[] {1, MAX_USER_ID - 1, MAX_USER_ID, MAX_USER_ID + 1, MAX_TEXT, 10 * MAX_USER_ID}) {
                entries.add(
                        "user_id of " + length + ", " + kind,
                        entries.good().put("user_id", "\"" + character.repeat(length) + "\""),
                        length <= MAX_USER_ID ? ACCEPTED : refused("invalid_user_id", "user_id"));
            }
            for (String field : List.of("device_type", "app_version", "locale", "device_id")) {
                for (int length : new int[] {MAX_TEXT - 1, MAX_TEXT, MAX_TEXT + 1, 4 * MAX_TEXT}) {
                    entries.add(
                            field + " of " + length + ", " + kind,
                            entries.good().put(field, "\"" + character.repeat(length) + "\""),
                            length <= MAX_TEXT ? ACCEPTED : refused("field_too_long", field));
                }
            }
        });
        for (int bytes : new int[] {MAX_EVENT_BYTES - 1, MAX_EVENT_BYTES, MAX_EVENT_BYTES + 1, 2 * MAX_EVENT_BYTES}) {
            size(entries, bytes, bytes <= MAX_EVENT_BYTES);
        }
        return entries.records();
    }

    private static void size(Entries entries, int bytes, boolean fits) {
        Draft text = entries.good().addText("x", "");
        entries.add(
                bytes + " bytes, by a text",
                text.put("x", "\"" + "x".repeat(bytes - text.bytes().length) + "\""),
                fits ? ACCEPTED : TOO_LARGE);
        Draft wide = entries.good().addText("x", "");
        int rest = bytes - wide.bytes().length;
        entries.add(
                bytes + " bytes, by emoji",
                wide.put("x", "\"" + "😀".repeat(rest / 4) + "y".repeat(rest % 4) + "\""),
                fits ? ACCEPTED : TOO_LARGE);
        Draft spaced = entries.good();
        entries.add(
                bytes + " bytes, by white space behind it",
                spaced.user(),
                spaced.text() + " ".repeat(bytes - spaced.bytes().length),
                fits ? ACCEPTED : TOO_LARGE);
        Draft locale = entries.good().put("locale", "\"\"");
        entries.add(
                bytes + " bytes, by a field that is too long",
                locale.put("locale", "\"" + "x".repeat(bytes - locale.bytes().length) + "\""),
                fits ? refused("field_too_long", "locale") : TOO_LARGE);
        entries.add(
                bytes + " bytes of noise",
                entries.good().user(),
                "x".repeat(bytes),
                fits ? Expectation.MALFORMED_JSON : TOO_LARGE);
        entries.add(
                bytes + " bytes of no UTF-8",
                entries.good().user(),
                filled(bytes),
                fits ? Expectation.INVALID_UTF8 : TOO_LARGE);
    }

    private static byte[] filled(int bytes) {
        byte[] value = new byte[bytes];
        Arrays.fill(value, (byte) 0xFF);
        return value;
    }
}

package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;

import java.util.List;

/** What stands behind a backslash, what must, and what is half a character. */
final class Escapes {
    private static final Expectation INVALID_USER_ID = Expectation.refused("invalid_user_id", "user_id");
    private static final String SHORT_ESCAPES = "\"\\/bfnrt";

    private static final List<String> NO_HEXADECIMAL = List.of(
            "\\u",
            "\\u1",
            "\\u12",
            "\\u123",
            "\\u123g",
            "\\ug123",
            "\\u+123",
            "\\u-123",
            "\\u 123",
            "\\u12 3",
            "\\u0x1",
            "\\u{41}",
            "\\u{1F600}",
            "\\U0041",
            "\\U0001F600",
            "\\x41",
            "\\101",
            "\\u００４１",
            "\\u٠٠٤١",
            "\\u00\\u0034",
            "\\\\\\u",
            "\\u\\u0041",
            "\\N{DASH}",
            "\\cA",
            "\\u12\n34",
            "\\\t",
            "\\\n");

    private static final List<String> UNPAIRED = List.of(
            "\\ud800",
            "\\udbff",
            "\\udc00",
            "\\udfff",
            "\\uD83D",
            "\\uDE00",
            "\\ud83d ",
            " \\ud83d",
            "\\ud83d\\ud83d",
            "\\ude00\\ude00",
            "\\ude00\\ud83d",
            "\\ud83d\\n",
            "\\ud83d\\u0041",
            "\\ud83dA",
            "\\ud83d\\ud83d\\ude00",
            "\\ud83d\\ude00\\ude00",
            "\\ud83d\\ude00\\ud83d",
            "\\ud83d😀",
            "😀\\ude00",
            "\\ud83d\\\\ude00",
            "\\ud83d\\\\",
            "\\ud83dude00",
            "\\ud83d\\",
            "\\ud83d\\u",
            "\\ud83d\\ude",
            "\\ud800\\udbff",
            "\\udc00x\\ud800");

    private static final List<String> PAIRED = List.of(
            "\\ud83d\\ude00",
            "\\uD83D\\uDE00",
            "\\uD83d\\udE00",
            "\\ud800\\udc00",
            "\\udbff\\udfff",
            "\\ud83d\\ude00\\ud83d\\ude00",
            "a\\ud83d\\ude00b",
            "\\\\ud83d",
            "\\\\ude00",
            "\\ufffe",
            "\\uffff",
            "\\ufeff",
            "\\ud7ff",
            "\\ue000",
            "\\u202e",
            "\\u2028\\u2029",
            "\\u200d",
            "\\u00e9",
            "e\\u0301",
            "\\u007f",
            "\\u0080",
            "\\u0085",
            "\\uFDD0");

    private Escapes() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.ESCAPES);
        for (char c = 0x20; c < 0x7F; c++) {
            if (c != 'u') {
                everywhere(entries, "\\" + c, SHORT_ESCAPES.indexOf(c) >= 0 ? ACCEPTED : MALFORMED_JSON);
            }
        }
        NO_HEXADECIMAL.forEach(text -> everywhere(entries, text, MALFORMED_JSON));
        UNPAIRED.forEach(text -> everywhere(entries, text, MALFORMED_JSON));
        PAIRED.forEach(text -> everywhere(entries, text, ACCEPTED));
        for (char c = 0; c < 0x20; c++) {
            String code = String.format("%02x", (int) c);
            everywhere(entries, Character.toString(c), code, MALFORMED_JSON);
            everywhere(entries, "\\u00" + code, ACCEPTED);
            userId(entries, "\\u00" + code, INVALID_USER_ID);
            userId(entries, "a\\u00" + code + "b", INVALID_USER_ID);
        }
        for (char c = 0x7F; c < 0xA0; c++) {
            String code = String.format("%02x", (int) c);
            everywhere(entries, Character.toString(c), code, ACCEPTED);
            userId(entries, "a" + c, "a" + code, INVALID_USER_ID);
            userId(entries, "\\u00" + code, INVALID_USER_ID);
        }
        userId(entries, "\\u00a0", ACCEPTED);
        userId(entries, "\\u0020", ACCEPTED);
        userId(entries, "\\\"\\\\\\/", ACCEPTED);
        userId(entries, "\\b\\f\\n\\r\\t", INVALID_USER_ID);
        userId(entries, "\\u2028", ACCEPTED);
        userId(entries, "\\ufeff", ACCEPTED);
        return entries.records();
    }

    private static void everywhere(Entries entries, String inside, Expectation expected) {
        everywhere(entries, inside, inside, expected);
    }

    private static void everywhere(Entries entries, String inside, String called, Expectation expected) {
        String text = "\"" + inside + "\"";
        entries.add(called + " in a field", entries.good().put("locale", text), expected);
        entries.add(called + " in a name", entries.good().add("x" + inside, "1"), expected);
        entries.add(called + " further down", entries.good().add("x", "{\"y\": [" + text + "]}"), expected);
    }

    private static void userId(Entries entries, String inside, Expectation expected) {
        userId(entries, inside, inside, expected);
    }

    private static void userId(Entries entries, String inside, String called, Expectation expected) {
        entries.add(called + " in user_id", entries.good().put("user_id", "\"" + inside + "\""), expected);
    }
}

package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.refused;

import io.gatehouse.lab.generate.Draft;
import io.gatehouse.lab.generate.FieldFaults;
import java.util.List;

/** Hostile texts in every place that takes a text. */
final class Texts {
    private static final List<String> PLAIN = List.of("device_type", "app_version", "locale", "device_id");
    private static final int MAX_USER_ID = 128;
    private static final int MAX_TEXT = 256;

    private Texts() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.TEXTS);
        HostileTexts.BY_KIND.forEach((kind, texts) -> {
            for (int i = 0; i < texts.size(); i++) {
                String called = kind + " " + (i + 1);
                everywhere(entries, called, texts.get(i) + Entries.MARK);
            }
        });
        for (String json : FieldFaults.BAD_USER_IDS) {
            entries.add("user_id " + json, entries.good().put("user_id", json), refused("invalid_user_id", "user_id"));
        }
        for (String bare : HostileTexts.BARE) {
            for (String field : PLAIN) {
                entries.add(field + " is just " + bare, entries.good().put(field, Draft.quoted(bare)), ACCEPTED);
            }
        }
        return entries.records();
    }

    private static void everywhere(Entries entries, String called, String text) {
        everywhere(entries, ", " + called, text, Draft.quoted(text));
        everywhere(entries, ", " + called + ", escaped", text, "\"" + Spelling.escaped(text) + "\"");
    }

    private static void everywhere(Entries entries, String called, String text, String json) {
        for (String field : PLAIN) {
            entries.add(field + called, entries.good().put(field, json), plainText(field, text));
        }
        entries.add("user_id" + called, Entries.good(text).put("user_id", json), userId(text));
        entries.add("ip" + called, entries.good().put("ip", json), refused("invalid_ip", "ip"));
        entries.add(
                "timestamp" + called, entries.good().put("timestamp", json), refused("invalid_timestamp", "timestamp"));
        String name = json.substring(1, json.length() - 1);
        entries.add("as a name" + called, entries.good().add(name, json), ACCEPTED);
        entries.add("further down" + called, entries.good().add("x", "[{" + json + ": " + json + "}]"), ACCEPTED);
    }

    private static Expectation plainText(String field, String text) {
        return characters(text) <= MAX_TEXT ? ACCEPTED : refused("field_too_long", field);
    }

    private static Expectation userId(String text) {
        boolean good = characters(text) <= MAX_USER_ID && text.codePoints().noneMatch(Texts::isControl);
        return good ? ACCEPTED : refused("invalid_user_id", "user_id");
    }

    private static boolean isControl(int character) {
        return character < 0x20 || character >= 0x7F && character < 0xA0;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}

package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Good logins whose members, white space and escapes fell as chance had it, beside random members of others. */
final class RandomSpellings {
    private static final int RECORDS = 600;
    private static final int MOST_OTHERS = 5;

    /** Of the others' values, so that with the event and their array they stay within what is taken. */
    private static final int MAX_DEPTH = 8;

    private static final String WHITE_SPACE = " \t\r\n";
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1.5e+3",
            "1E400",
            "9007199254740993",
            "\"\"",
            "\"a\"",
            "\"\\\\\"",
            "\"\\\"}\"",
            "\"é😀\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u0000\"",
            "\"[{\"",
            "\",:\"",
            "\"enrichment\"");

    private final Random chance;

    private RandomSpellings(Random chance) {
        this.chance = chance;
    }

    static List<CorpusRecord> records(Random chance) {
        RandomSpellings random = new RandomSpellings(chance);
        Entries entries = new Entries(Family.SPELLINGS);
        for (int i = 0; i < RECORDS; i++) {
            String user = entries.good().user();
            entries.add("spelling " + i, user, random.login(user), ACCEPTED);
        }
        return entries.records();
    }

    private String login(String user) {
        List<String> members = new ArrayList<>();
        members.add(member("user_id", text(user)));
        members.add(member("timestamp", chance.nextBoolean() ? "" + Entries.LOGIN_S : text("" + Entries.LOGIN_S)));
        optional(members, "ip", "2a00:1450:4001:81b::200e");
        optional(members, "device_type", "Android");
        optional(members, "app_version", "v10.0.3-beta");
        optional(members, "locale", "WA");
        optional(members, "device_id", "593-47-5928");
        for (int i = chance.nextInt(MOST_OTHERS + 1); i > 0; i--) {
            members.add(member("other" + i, value(1)));
        }
        Collections.shuffle(members, chance);
        return space() + "{" + String.join(",", members) + "}" + space();
    }

    private void optional(List<String> members, String name, String text) {
        int way = chance.nextInt(6);
        if (way > 0) {
            members.add(member(name, way == 1 ? "null" : text(text)));
        }
    }

    private String member(String name, String json) {
        return space() + text(name) + space() + ":" + space() + json + space();
    }

    /** A JSON string with some of its characters escaped. */
    private String text(String plain) {
        int oneIn = 1 << chance.nextInt(6);
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < plain.length(); i++) {
            String character = plain.substring(i, i + 1);
            json.append(oneIn < 32 && chance.nextInt(oneIn) == 0 ? Spelling.escaped(character) : character);
        }
        return json.append('"').toString();
    }

    private String value(int depth) {
        int size = chance.nextInt(4);
        List<String> inner = new ArrayList<>();
        switch (depth == MAX_DEPTH ? 0 : chance.nextInt(4)) {
            case 1:
                for (int i = 0; i < size; i++) {
                    inner.add(space() + value(depth + 1) + space());
                }
                return "[" + space() + String.join(",", inner) + space() + "]";
            case 2:
                for (int i = 0; i < size; i++) {
                    inner.add(member("x" + chance.nextInt(2), value(depth + 1)));
                }
                return "{" + space() + String.join(",", inner) + space() + "}";
            default:
                return SCALARS.get(chance.nextInt(SCALARS.size()));
        }
    }

    private String space() {
        StringBuilder space = new StringBuilder();
        for (int i = Math.max(0, chance.nextInt(6) - 3); i > 0; i--) {
            space.append(WHITE_SPACE.charAt(chance.nextInt(WHITE_SPACE.length())));
        }
        return space.toString();
    }
}

package io.gatehouse.core.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What splicing makes of hostile values, beside what a parser sees before and after. */
class PatchDifferentialTest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int VALUES = 20_000;
    private static final String[] NAMES = {"a", "b", "user_id", "\\u0061", "é", "", "a\\\"b", "😀", "}", ","};
    private static final String[] VALUE_TEXTS = {
        "1",
        "-0",
        "1.5e3",
        "\"\"",
        "\"}\"",
        "\"\\\\\"",
        "\"\\\"\"",
        "\"a,b\"",
        "null",
        "true",
        "false",
        "{}",
        "[]",
        "{\"a\":1}",
        "[{\"a\":[]},\"]\"]",
        "\"1\"",
        "\"\\u00e9\"",
        "{ \"x\" : \"\\\\\\\"{\" }",
        "01",
        "tru",
        "\"\\x\"",
        "\"\n\""
    };
    private static final String[] SPACES = {"", "", " ", "\n", "\t \r"};
    private static final String[] RULES = {
        "remove a",
        "remove user_id",
        "rename a=user_id",
        "rename user_id=a",
        "cast a=string",
        "cast a=number",
        "cast a=integer",
        "cast a=boolean",
        "set a={\"n\":[1]}",
        "set new=\"x\""
    };

    private Random random;

    /** A member as a parser sees it: its name, and its value as events of the parser. */
    private record Member(String name, List<String> value) {}

    @RepeatedTest(5)
    void theOtherMembersStayAndTheOneIsAsTheRuleSays(RepetitionInfo repetition) {
        long seed = 1_000 + repetition.getCurrentRepetition();
        random = new Random(seed);
        int applied = 0;
        for (int i = 0; i < VALUES; i++) {
            byte[] value = value();
            String rule = RULES[random.nextInt(RULES.length)];
            List<Member> before = members(value);
            Patched patched = PatchTest.patch(rule).apply(value);
            String what = "seed " + seed + ", value " + i + ", " + rule + " of " + new String(value, UTF_8);
            if (before == null) {
                assertThat(patched.problem()).as(what).isEqualTo(Patched.Problem.NOT_AN_OBJECT);
            } else if (patched.applies()) {
                applied++;
                List<Member> expected = expected(before, rule);
                assertThat(members(patched.value())).as(what).isEqualTo(expected);
            } else {
                assertThat(patched.problem()).as(what).isNotEqualTo(Patched.Problem.NOT_AN_OBJECT);
            }
        }
        assertThat(applied).isGreaterThan(VALUES / 20);
    }

    private byte[] value() {
        StringBuilder json = new StringBuilder(space()).append('{').append(space());
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            json.append(i == 0 ? "" : ",").append(space());
            json.append('"')
                    .append(any(NAMES))
                    .append('"')
                    .append(space())
                    .append(':')
                    .append(space());
            json.append(any(VALUE_TEXTS)).append(space());
        }
        byte[] value = json.append('}').append(space()).toString().getBytes(UTF_8);
        if (random.nextInt(4) == 0) {
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }
        return value;
    }

    private String space() {
        return any(SPACES);
    }

    private String any(String[] of) {
        return of[random.nextInt(of.length)];
    }

    /** Null when the value is not one JSON object. */
    private static List<Member> members(byte[] value) {
        String text = new String(value, UTF_8);
        if (!Arrays.equals(text.getBytes(UTF_8), value) || text.indexOf('\uFEFF') == 0) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            List<Member> members = new ArrayList<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                members.add(new Member(name, value(parser)));
            }
            return parser.nextToken() == null ? members : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static List<String> value(JsonParser parser) throws IOException {
        List<String> events = new ArrayList<>();
        int depth = 0;
        do {
            JsonToken token = parser.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            events.add(token + " " + parser.getText());
        } while (depth > 0);
        return events;
    }

    /** The rules once more, on what the parser saw. */
    private static List<Member> expected(List<Member> before, String rule) {
        String[] words = rule.split(" ", 2);
        String name = words[1].split("=")[0];
        List<Member> after = new ArrayList<>();
        for (Member member : before) {
            if (!member.name().equals(name)) {
                after.add(member);
            } else if (words[0].equals("rename")) {
                after.add(new Member(words[1].split("=")[1], member.value()));
            } else if (words[0].equals("cast")) {
                after.add(new Member(name, cast(member.value().get(0), words[1].split("=")[1])));
            } else if (words[0].equals("set")) {
                after.add(set(words[1]));
            }
        }
        if (words[0].equals("set")
                && before.stream().noneMatch(member -> member.name().equals(name))) {
            after.add(set(words[1]));
        }
        return after;
    }

    private static Member set(String rule) {
        String[] sides = rule.split("=", 2);
        return members(("{\"" + sides[0] + "\":" + sides[1] + "}").getBytes(UTF_8))
                .get(0);
    }

    private static List<String> cast(String event, String type) {
        String text = event.substring(event.indexOf(' ') + 1);
        return List.of(
                switch (type) {
                    case "string" -> "VALUE_STRING " + text;
                    case "boolean" -> "VALUE_" + text.toUpperCase(Locale.ROOT) + " " + text;
                    case "integer" -> "VALUE_NUMBER_INT " + whole(text);
                    default -> (text.matches("-?\\d+") ? "VALUE_NUMBER_INT " : "VALUE_NUMBER_FLOAT ") + text;
                });
    }

    private static String whole(String number) {
        String digits = number.split("\\.")[0];
        return digits.equals("-0") ? "0" : digits;
    }
}

package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An endless stream of events gone more or less wrong: first in their structure (members repeated, renamed, escaped, given
 * odd values, or none at all), then in their bytes. The same seed gives the same stream.
 */
final class EventMutator {
    private static final String[] NAMES = {
        "user_id",
        "timestamp",
        "ip",
        "device_type",
        "app_version",
        "locale",
        "device_id",
        "enrichment",
        "",
        "a",
        "é",
        "user_ie",
        "timestamp ",
        "nested",
        "IP",
        "locale\\/",
        "😀😀😀"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-5",
        "01",
        "1.",
        ".5",
        "1.5",
        "-1e3",
        "1E+400",
        "1e",
        "- 1",
        "+1",
        "NaN",
        "Infinity",
        "12345678901234567890",
        "1720589697",
        "1720589697000",
        "\"1720589697\"",
        "\"0001720589697\"",
        "\"-5\"",
        "9223372036854775807",
        "9223372036854775808",
        "946684799",
        "946684800",
        "1720590000",
        "1720590001",
        "100000000000",
        "\"2023-09-12T00:45:51.25Z\"",
        "\"2023-09-12T00:45:51+02:00\"",
        "\"2023-02-29T00:45:51Z\"",
        "\"1999-12-31T23:59:59Z\"",
        "\"\"",
        "\" \"",
        "\"a\"",
        "\"é\"",
        "\"😀\"",
        "\"\u0080\"",
        "\"\u007F\"",
        "\"\\u0041\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\ud83d\"",
        "\"\\n\"",
        "\"\\/\"",
        "\"\\\\\"",
        "\"\\x\"",
        "\"\\u00e\"",
        "\"\\u00\u0130\u0131\"",
        "\"\t\"",
        "\"\u0000\"",
        "[]",
        "{}",
        "[1,2]",
        "{\"a\":1,\"a\":2}",
        "[\"\\udc00\"]",
        "[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]",
        "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
        "\"10.0.0.1\"",
        "\"2001:db8::1\"",
        "\"::ffff:1.2.3.4\"",
        "\"1.2.3.256\"",
        "\"01.2.3.4\"",
        "\"fe80::1%1\"",
        "\"v2.3\"",
        "\"2.3.0-rc.1\"",
        "\"2.3.x\""
    };
    private static final String[] GLUE = {
        " ", "", "\t", "\n", "\r", "\u00A0", "\u000B", ",", ":", "/**/", "\uFEFF", "}", "{"
    };
    private static final byte[] BYTES =
            "{}[]:,\"\\/ \t\n0123456789-+.eEtrufalsn\u0000\u001F\u007F\u0080\u00BF\u00C0\u00C2\u00E0\u00ED\u00F0\u00F4\u00FF"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final Random random;
    private final FieldNames names;

    EventMutator(long seed) {
        this(seed, FieldNames.DEFAULTS);
    }

    /** @param names what the events call their fields */
    EventMutator(long seed, FieldNames names) {
        this.random = new Random(seed);
        this.names = names;
    }

    byte[] next() {
        String text = random.nextInt(100) == 0 ? pick(VALUES) : structure();
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        for (int times = fewTimes(); times > 0; times--) {
            value = mutate(value);
        }
        return value;
    }

    /** About every second event keeps its structure, and every second its bytes. */
    private int fewTimes() {
        return Math.max(0, random.nextInt(8) - 4);
    }

    private String structure() {
        List<String> members = new ArrayList<>(List.of(
                named(Field.USER_ID) + "\"" + (random.nextInt(8) == 0 ? "Zoë" : "b22a51d5-0f2f-42e3-8505-f2f8d2b01060")
                        + '"',
                named(Field.APP_VERSION) + "\"2.3." + random.nextInt(100) + '"',
                named(Field.IP) + "\"25.67.253." + random.nextInt(256) + '"',
                named(Field.LOCALE) + "\"WA\"",
                named(Field.DEVICE_ID) + "\"593-47-" + random.nextInt(10_000) + '"',
                named(Field.TIMESTAMP) + (1_720_500_000 + random.nextInt(90_000))));
        for (int times = fewTimes(); times > 0; times--) {
            disturb(members);
        }
        String glue = random.nextInt(6) == 0 ? pick(GLUE) : " ";
        return (random.nextInt(20) == 0 ? pick(GLUE) : "")
                + '{'
                + String.join("," + glue, members)
                + (random.nextInt(10) == 0 ? pick(GLUE) : "")
                + '}'
                + (random.nextInt(20) == 0 ? pick(GLUE) : "");
    }

    private void disturb(List<String> members) {
        int index = random.nextInt(members.size());
        String member = members.get(index);
        String name = member.split(":", 2)[0];
        switch (random.nextInt(8)) {
            case 0 -> members.add(index, member);
            case 1 -> members.set(index, name + pickSpace() + ':' + pickSpace() + pick(VALUES));
            case 2 -> members.add(index, '"' + pickName() + "\":" + pick(VALUES));
            case 3 -> members.set(index, escaped(member));
            case 4 ->
                members.set(
                        index, name + ":\"" + pick("x", "é", "😀", "\\u0041").repeat(random.nextInt(300)) + '"');
            case 5 -> Collections.shuffle(members, random);
            case 6 -> members.addAll(manyMembers());
            default -> members.set(index, member + pick(GLUE));
        }
    }

    private List<String> manyMembers() {
        List<String> many = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            many.add("\"extra" + i + "\":" + pick(VALUES[i], "1", "\"x\""));
        }
        return many;
    }

    /** One character of the member, wherever it lies, spelled as an escape. */
    private String escaped(String member) {
        int index = random.nextInt(member.length());
        return member.substring(0, index)
                + "\\u%04x".formatted((int) member.charAt(index))
                + member.substring(index + 1);
    }

    private byte[] mutate(byte[] value) {
        int index = random.nextInt(value.length);
        byte odd = BYTES[random.nextInt(BYTES.length)];
        byte[] copy = value.clone();
        switch (random.nextInt(6)) {
            case 0 -> copy[index] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[index] = odd;
            case 2 -> copy = splice(value, index, new byte[] {odd}, index);
            case 3 -> copy = splice(value, index, new byte[0], Math.min(value.length, index + 1 + random.nextInt(3)));
            case 4 -> copy = splice(value, index, pick(VALUES).getBytes(StandardCharsets.UTF_8), index);
            default -> copy = Arrays.copyOf(value, index + 1);
        }
        return copy.length == 0 ? value : copy;
    }

    /** The value with {@code middle} in place of what lies between the two indexes. */
    private static byte[] splice(byte[] value, int from, byte[] middle, int to) {
        byte[] result = new byte[from + middle.length + value.length - to];
        System.arraycopy(value, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(value, to, result, from + middle.length, value.length - to);
        return result;
    }

    private String named(Field field) {
        return '"' + names.of(field) + "\":";
    }

    /** A field's own name, or one that means nothing, or what the contract calls a field that is called otherwise. */
    private String pickName() {
        Field[] fields = Field.values();
        return random.nextInt(4) == 0 ? names.of(fields[random.nextInt(fields.length)]) : pick(NAMES);
    }

    private String pickSpace() {
        return random.nextInt(4) == 0 ? pick(GLUE) : "";
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

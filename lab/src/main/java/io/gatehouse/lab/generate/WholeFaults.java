package io.gatehouse.lab.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Reason;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Faults of the whole value. */
public final class WholeFaults {
    /** The contract's largest value, bytes. */
    private static final int MAX_EVENT_BYTES = 64 * 1024;

    private static final int MAX_DEPTH = 16;

    /** Stands where ill-formed bytes go; in the private use area, so no event holds it otherwise. */
    private static final String MARK = "\uE000";

    /** No UTF-8, each for another cause. */
    public static final List<byte[]> ILL_FORMED = List.of(
            octets(0xFF), // never a UTF-8 byte
            octets(0x80), // continues nothing
            octets(0xC3), // cut short
            octets(0xC0, 0x80), // an overlong zero
            octets(0xE0, 0x80, 0xAF), // an overlong slash
            octets(0xED, 0xA0, 0x80), // a surrogate
            octets(0xF4, 0x90, 0x80, 0x80), // beyond U+10FFFF
            octets(0xF0, 0x9F, 0x98) // an emoji cut short
            );

    /** Each makes malformed JSON of a good event that is an object with members. */
    public static final List<UnaryOperator<String>> BREAKS = List.of(
            good -> good.substring(0, good.length() - 1),
            good -> good.substring(0, good.length() / 2),
            good -> "{",
            good -> "   ",
            good -> good + "x",
            good -> good + good,
            good -> good + "\u0000",
            good -> "\uFEFF" + good,
            good -> withMember(good, "\"x\": NaN"),
            good -> withMember(good, "\"x\": -Infinity"),
            good -> withMember(good, "\"x\": \"\\ud83d\""),
            good -> withMember(good, "\"x\": \"\\ude00\\ud83d\""),
            good -> withMember(good, "\"\\udead\": 1"),
            good -> withMember(good, "\"x\": " + nested(MAX_DEPTH)),
            good -> withMember(good, "\"x\": " + "[".repeat(2_000)),
            good -> withMember(good, "\"x\": \"a\tb\""),
            good -> withMember(good, "\"x\": \"\\x41\""),
            good -> withMember(good, "\"x\": 'single'"),
            good -> withMember(good, "\"x\": 01"),
            good -> withMember(good, "\"x\": 1."),
            good -> withMember(good, "\"x\": +1"),
            good -> withMember(good, "\"x\": tru"),
            good -> withMember(good, "\"x\": /* why */ 1"),
            good -> withMember(good, "\"x\" 1"),
            good -> withMember(good, "\"x\": [1,]"),
            good -> withMember(good, "\"x\""),
            good -> withMember(good, ""),
            good -> withMember(good, "x: 1"));

    /** JSON, but no objects. */
    public static final List<String> NOT_OBJECTS = List.of("null", "true", "17", "-2.5e3", "\"{}\"", "[]", " [1, 2] ");

    private WholeFaults() {}

    static void addTo(List<Fault> faults) {
        faults.add(Fault.of(Reason.EMPTY_VALUE, null, (good, chance) -> chance.nextBoolean() ? null : new byte[0]));
        faults.add(Fault.rare(Reason.TOO_LARGE, WholeFaults::tooLarge));
        faults.add(Fault.of(Reason.INVALID_UTF8, null, WholeFaults::illFormed));
        faults.add(Fault.of(Reason.MALFORMED_JSON, null, (good, chance) -> Fault.oneOf(BREAKS, chance)
                .apply(good.text())
                .getBytes(UTF_8)));
        faults.add(Fault.of(Reason.NOT_AN_OBJECT, null, WholeFaults::notAnObject));
        faults.add(Fault.of(Reason.DUPLICATE_FIELD, null, WholeFaults::duplicateField));
        faults.add(Fault.of(Reason.RESERVED_FIELD, null, (good, chance) -> good.add(
                        chance.nextInt(4) == 0 ? "enrich\\u006dent" : "enrichment",
                        chance.nextBoolean() ? "{\"schema_version\": 1}" : "null")
                .bytes()));
    }

    private static byte[] tooLarge(Draft good, SplittableRandom chance) {
        int over = chance.nextInt(4) == 0 ? 1 : chance.nextInt(1, 3 * MAX_EVENT_BYTES);
        int missing = MAX_EVENT_BYTES + over - good.add("padding", "\"\"").bytes().length;
        return good.put("padding", "\"" + "x".repeat(missing) + "\"").bytes();
    }

    private static byte[] illFormed(Draft good, SplittableRandom chance) {
        byte[] bad = Fault.oneOf(ILL_FORMED, chance);
        String text =
                switch (chance.nextInt(4)) {
                    case 0 -> good.text() + MARK;
                    case 1 -> good.add("x" + MARK, "1").text();
                    case 2 -> good.put("user_id", "\"" + MARK + "\"").text();
                    default -> good.add("x", "\"a" + MARK + "b\"").text();
                };
        int at = text.indexOf(MARK);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 8);
        bytes.writeBytes(text.substring(0, at).getBytes(UTF_8));
        bytes.writeBytes(bad);
        bytes.writeBytes(text.substring(at + 1).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    private static byte[] notAnObject(Draft good, SplittableRandom chance) {
        String text = chance.nextInt(4) == 0 ? "[" + good.text() + "]" : Fault.oneOf(NOT_OBJECTS, chance);
        return text.getBytes(UTF_8);
    }

    private static byte[] duplicateField(Draft good, SplittableRandom chance) {
        Draft bad =
                switch (chance.nextInt(4)) {
                    case 0 -> good.add("user_id", Draft.quoted(good.user()));
                    case 1 -> good.add("time\\u0073tamp", "1");
                    case 2 -> good.add("y", "1").add("y", "1");
                    default -> good.add("y\\n", "[]").add("\\u0079\\u000a", "null");
                };
        return bad.bytes();
    }

    /** The object with one more member, written as it is. */
    private static String withMember(String object, String member) {
        return object.stripTrailing().substring(0, object.stripTrailing().length() - 1) + ", " + member + "}";
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static byte[] octets(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

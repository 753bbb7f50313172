package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.INVALID_UTF8;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;
import static io.gatehouse.lab.corpus.Expectation.NOT_AN_OBJECT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatehouse.lab.generate.Draft;
import io.gatehouse.lab.generate.WholeFaults;
import java.util.List;

/** Texts that are no JSON, or no object, or barely one. */
final class BrokenText {
    /** None of them can be left out or doubled in the good login without breaking it. */
    private static final String STRUCTURE = "{}\":,";

    private static final String WHITE_SPACE = " \t\n\r";

    /** In the place of a value, none is JSON. */
    private static final List<String> NO_VALUES = List.of(
            "True",
            "TRUE",
            "False",
            "FALSE",
            "Null",
            "NULL",
            "nil",
            "None",
            "nul",
            "nulll",
            "tru",
            "truee",
            "fals",
            "t",
            "n",
            "yes",
            "undefined",
            "NaN",
            "nan",
            "Infinity",
            "infinity",
            "-Infinity",
            "Inf",
            "#N/A",
            "''",
            "'a'",
            "`a`",
            "“a”",
            "a",
            "@a",
            "$a",
            "<a/>",
            "(1)",
            "new Date()",
            "function(){}",
            "/a/",
            "//",
            "/**/",
            "/* a */ 1",
            "1 // a",
            "# a",
            "-- a",
            "\\\"a\\\"",
            "\"a",
            "a\"",
            "\"a\"\"b\"",
            "\"a\" \"b\"",
            "\"a\" + \"b\"",
            "[",
            "]",
            "{",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[,]",
            "[1 2]",
            "[1;2]",
            "[1,,2]",
            "[1]]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\" 1}",
            "{\"a\"=1}",
            "{\"a\":1,}",
            "{,}",
            "{a:1}",
            "{'a':1}",
            "{1:1}",
            "{null:1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\"::1}",
            "{\"a\":1]",
            "[1}",
            "{[1]}",
            "...",
            "*",
            "?",
            "!",
            "%",
            "&",
            "|",
            "\\",
            "\\n",
            "\\u0031",
            ":",
            ";",
            "",
            "  ");

    private static final List<String> OTHER_FORMATS = List.of(
            "<login><user_id>u</user_id></login>",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
            "user_id: u\ntimestamp: 1767225000\n",
            "---\nuser_id: !!python/object/apply:os.system [id]\n",
            "user_id,timestamp\nu,1767225000\n",
            "user_id=u&timestamp=1767225000",
            "[login]\nuser_id=u\n",
            "a:2:{s:7:\"user_id\";s:1:\"u\";}",
            "(dp0\nS'user_id'\np1\nS'u'\np2\ns.",
            "O:8:\"stdClass\":1:{s:1:\"a\";i:1;}",
            "{'user_id': 'u', 'timestamp': 1767225000}",
            "{user_id: \"u\", timestamp: 1767225000}",
            "{\"user_id\" => \"u\"}",
            "callback({\"user_id\": \"u\"});",
            ")]}',\n{\"user_id\": \"u\"}",
            "while(1);{\"user_id\": \"u\"}",
            "\u001E{\"user_id\": \"u\"}\n",
            "{\"user_id\": \"u\"}\n{\"user_id\": \"v\"}",
            "{\"user_id\": \"u\"},{\"user_id\": \"v\"}",
            "eyJ1c2VyX2lkIjoidSJ9",
            "7b22757365725f6964223a2275227d",
            "%7B%22user_id%22%3A%22u%22%7D",
            "{&quot;user_id&quot;: &quot;u&quot;}",
            "{\\\"user_id\\\": \\\"u\\\"}",
            "HTTP/1.1 200 OK\r\n\r\n{\"user_id\": \"u\"}",
            "\u0000\u0000\u0000\u0000\u0001{\"user_id\": \"u\"}",
            "\u0000",
            "Bearer abc",
            "${jndi:ldap://localhost/a}",
            "${user_id}",
            "{{user_id}}",
            "<% user_id %>");

    private static final List<String> NO_OBJECTS =
            List.of("[[]]", "[{}]", "\"\"", "\"user_id\"", "0", "-0", "1e400", "false", " null ", "\n[]\r\n");

    private BrokenText() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.BROKEN_TEXT);
        for (int i = 0; i < WholeFaults.BREAKS.size(); i++) {
            Draft good = entries.good();
            entries.add("break " + i, good.user(), WholeFaults.BREAKS.get(i).apply(good.text()), MALFORMED_JSON);
        }
        cut(entries);
        spoil(entries);
        leaveOutAndDouble(entries);
        addOneByte(entries);
        for (String noValue : NO_VALUES) {
            entries.add("value " + noValue, entries.good().add("x", noValue), MALFORMED_JSON);
            entries.add("element " + noValue, entries.good().add("x", "[0, " + noValue + "]"), MALFORMED_JSON);
        }
        for (String format : OTHER_FORMATS) {
            entries.add("format " + format, entries.good().user(), format, MALFORMED_JSON);
        }
        WholeFaults.NOT_OBJECTS.forEach(
                json -> entries.add("whole " + json, entries.good().user(), json, NOT_AN_OBJECT));
        NO_OBJECTS.forEach(json -> entries.add("whole " + json, entries.good().user(), json, NOT_AN_OBJECT));
        Draft good = entries.good();
        entries.add("in an array", good.user(), "[" + good.text() + "]", NOT_AN_OBJECT);
        entries.add("as a string", good.user(), Draft.quoted(good.text()), NOT_AN_OBJECT);
        entries.add("no members", entries.good().user(), "{}", Expectation.refused("missing_field", "user_id"));
        return entries.records();
    }

    private static void cut(Entries entries) {
        int length = entries.good().text().length();
        for (int end = 1; end < length; end++) {
            Draft good = entries.good();
            entries.add("cut after " + end, good.user(), good.text().substring(0, end), MALFORMED_JSON);
        }
    }

    /** One byte made another: in ASCII, NUL is no JSON wherever it stands, and the others are no UTF-8. */
    private static void spoil(Entries entries) {
        int length = entries.good().bytes().length;
        for (int octet : new int[] {0x00, 0x80, 0xC3, 0xFF}) {
            for (int at = 0; at < length; at++) {
                Draft good = entries.good();
                byte[] value = good.bytes();
                value[at] = (byte) octet;
                entries.add(
                        String.format("byte %d is %02x", at, octet),
                        good.user(),
                        value,
                        octet == 0 ? MALFORMED_JSON : INVALID_UTF8);
            }
        }
    }

    private static void leaveOutAndDouble(Entries entries) {
        String any = entries.good().text();
        for (int at = 0; at < any.length(); at++) {
            if (STRUCTURE.indexOf(any.charAt(at)) >= 0) {
                Draft one = entries.good();
                StringBuilder without = new StringBuilder(one.text()).deleteCharAt(at);
                entries.add("without character " + at, one.user(), without.toString(), MALFORMED_JSON);
                Draft other = entries.good();
                StringBuilder twice = new StringBuilder(other.text()).insert(at, any.charAt(at));
                entries.add("character " + at + " twice", other.user(), twice.toString(), MALFORMED_JSON);
            }
        }
    }

    /** Only white space may stand before, after and between. */
    private static void addOneByte(Entries entries) {
        int length = entries.good().text().length();
        int betweenMembers = entries.good().text().indexOf(", ") + 1;
        for (int at : new int[] {0, betweenMembers, length}) {
            for (int octet = 0; octet < 256; octet++) {
                Draft good = entries.good();
                String value = good.text().substring(0, at)
                        + (char) octet
                        + good.text().substring(at);
                entries.add(
                        String.format("byte %02x added at %d", octet, at),
                        good.user(),
                        value.getBytes(ISO_8859_1),
                        added(octet));
            }
        }
    }

    private static Expectation added(int octet) {
        if (octet >= 0x80) {
            return INVALID_UTF8;
        }
        return WHITE_SPACE.indexOf(octet) >= 0 ? ACCEPTED : MALFORMED_JSON;
    }
}

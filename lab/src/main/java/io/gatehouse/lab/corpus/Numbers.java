package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;
import static io.gatehouse.lab.corpus.Expectation.refused;

import java.util.List;

/** Numbers of every shape, and what only looks like one. */
final class Numbers {
    private static final List<String> GOOD = List.of(
            "0",
            "-0",
            "0.0",
            "-0.0",
            "0e0",
            "0E-0",
            "1",
            "-1",
            "10",
            "1.5",
            "-1.5",
            "1e9",
            "1E9",
            "1e+9",
            "1E+9",
            "1e-9",
            "-1e-9",
            "1.5e3",
            "1.50",
            "0.1",
            "0.10e10",
            "100e00",
            "1e009",
            "1e308",
            "1e309",
            "-1e309",
            "1e-324",
            "1e-400",
            "1e99999",
            "1e-99999",
            "1e2147483648",
            "1e9223372036854775808",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "123456789012345678901234567890",
            "0.123456789012345678901234567890",
            "4.9e-324",
            "1.7976931348623157e308",
            "0.30000000000000004",
            "3.141592653589793238462643383279");

    private static final List<String> BAD = List.of(
            "01",
            "-01",
            "00",
            "-00",
            "000",
            "0123",
            "+1",
            "+0",
            "++1",
            "--1",
            "-",
            "+",
            "-+1",
            "- 1",
            "-a",
            ".5",
            "-.5",
            "5.",
            "-5.",
            ".",
            "1.e1",
            "1..2",
            "1.2.3",
            "1.-2",
            "1e",
            "1E",
            "1e+",
            "1e-",
            "1e+-1",
            "1ee5",
            "1e1e1",
            "1e1.5",
            "1e.5",
            "e5",
            ".e5",
            "1e 5",
            "1 e5",
            "1. 5",
            "0x10",
            "0X1F",
            "-0x1",
            "0b1",
            "0o7",
            "07",
            "08",
            "1_000",
            "1,000",
            "1 000",
            "1'000",
            "1f",
            "1.0f",
            "1d",
            "1L",
            "1n",
            "1u",
            "0j",
            "1%",
            "$1",
            "€1",
            "1€",
            "#1",
            "1+1",
            "1-1",
            "1/2",
            "1*2",
            "1:2",
            "1;",
            "(1)",
            "1)",
            "٣",
            "１",
            "1１",
            "1٣",
            "1e٥",
            "−1",
            "–1",
            "∞",
            "-∞",
            "½",
            "²",
            "Ⅷ",
            "一",
            "1\\u0030",
            "\\u0031",
            "1\u00A0",
            "\u00A01",
            "1\u200B",
            "\u200B1",
            "1\u0000",
            "1\uFEFF",
            "NaN1",
            "1NaN",
            "-NaN",
            "+Infinity",
            "1e∞",
            "0.0.0.0",
            "1-",
            "1.5-",
            "0-1",
            "1e5-",
            "0e",
            "0.",
            "-0.");

    private Numbers() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.NUMBERS);
        for (String number : GOOD) {
            beside(entries, number, ACCEPTED);
            for (String field : List.of("user_id", "ip", "device_type", "app_version", "locale", "device_id")) {
                entries.add(field + " is " + number, entries.good().put(field, number), refused("wrong_type", field));
            }
        }
        for (String number : BAD) {
            beside(entries, number, MALFORMED_JSON);
            for (String field : List.of("timestamp", "locale")) {
                entries.add(field + " is " + number, entries.good().put(field, number), MALFORMED_JSON);
            }
        }
        return entries.records();
    }

    private static void beside(Entries entries, String number, Expectation expected) {
        entries.add("beside: " + number, entries.good().add("x", number), expected);
        entries.add("in an array: " + number, entries.good().add("x", "[1, " + number + "]"), expected);
        entries.add("further down: " + number, entries.good().add("x", "{\"y\": " + number + "}"), expected);
    }
}

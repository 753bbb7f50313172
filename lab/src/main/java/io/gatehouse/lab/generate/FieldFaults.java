package io.gatehouse.lab.generate;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.util.List;

/** Faults of one field in an otherwise good event. */
public final class FieldFaults {
    private static final int MAX_USER_ID = 128;
    private static final int MAX_TEXT = 256;

    /** JSON values that are no strings. */
    public static final List<String> NO_TEXT =
            List.of("17", "-1.5e3", "true", "false", "[]", "[\"a\"]", "{}", "{\"a\": \"b\"}");
    /** JSON values of types that no {@code timestamp} has. */
    public static final List<String> NO_TIMESTAMP_TYPE = List.of("true", "false", "[1720589697]", "{}");

    private static final List<Field> PLAIN_TEXTS =
            List.of(Field.DEVICE_TYPE, Field.APP_VERSION, Field.LOCALE, Field.DEVICE_ID);

    /** Strings that are no {@code user_id}, as JSON. */
    public static final List<String> BAD_USER_IDS = List.of(
            "\"\"",
            "\"" + "u".repeat(MAX_USER_ID + 1) + "\"",
            "\"" + "😀".repeat(MAX_USER_ID + 1) + "\"",
            "\"a\\u0000b\"",
            "\"a\\nb\"",
            "\"\\t\"",
            "\"a\u007Fb\"",
            "\"a\u0085b\"",
            "\"\\u009f\"");

    private static final List<String> BAD_TIMESTAMPS = List.of(
            "\"\"",
            "\"yesterday\"",
            "\" 1720589697\"",
            "\"1720589697 \"",
            "\"1720589697.5\"",
            "\"+1720589697\"",
            "\"１７２０５８９６９７\"",
            "\"0x65\"",
            "1720589697.5",
            "1720589697.0",
            "1.720589697e9",
            "\"2023-09-12\"",
            "\"2023-09-12T00:45:51\"",
            "\"2023-09-12 00:45:51Z\"",
            "\"2023-02-30T00:45:51Z\"",
            "\"2023-09-12T24:45:51Z\"",
            "\"2023-09-12T00:45:51.Z\"",
            "\"2023-09-12T00:45:51.0123456789Z\"");

    private static final List<String> TIMESTAMPS_OUT_OF_RANGE = List.of(
            "0",
            "-1",
            "-1720589697",
            "946684799",
            "\"946684799\"",
            "946684799999",
            "99999999999",
            "4102444800000",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "\"18446744073709551616\"",
            "1" + "0".repeat(99),
            "\"1999-12-31T23:59:59Z\"",
            "\"2000-01-01T00:59:59+01:00\"",
            "\"2999-01-01T00:00:00Z\"");

    private static final List<String> BAD_ADDRESSES = List.of(
            "",
            " 8.8.8.8",
            "8.8.8.8 ",
            "8.8.8",
            "8.8.8.8.8",
            "8.8.8.",
            "8..8.8",
            "8.8.8.256",
            "08.8.8.8",
            "8.8.8.00",
            "0x8.8.8.8",
            "134744072",
            "8.8.8.8:443",
            "8.8.8.8/32",
            "٨.8.8.8",
            "localhost",
            "example.com",
            "fe80::1%eth0",
            "[2001:4860::8888]",
            ":",
            ":::",
            "1::2::3",
            "2001:4860:1:2:3:4:5",
            "2001:4860:1:2:3:4:5:6:7",
            "20011:4860::1",
            "2001:g::1",
            "::ffff:8.8.8",
            "::ffff:8.8.8.08");

    private FieldFaults() {}

    static void addTo(List<Fault> faults) {
        for (Field field : List.of(Field.USER_ID, Field.TIMESTAMP)) {
            faults.add(Fault.of(Reason.MISSING_FIELD, field, (good, chance) -> (chance.nextBoolean()
                            ? good.remove(field.label())
                            : good.put(field.label(), "null"))
                    .bytes()));
        }
        for (Field field : Field.values()) {
            faults.add(putting(Reason.WRONG_TYPE, field, field == Field.TIMESTAMP ? NO_TIMESTAMP_TYPE : NO_TEXT));
        }
        faults.add(putting(Reason.INVALID_USER_ID, Field.USER_ID, BAD_USER_IDS));
        faults.add(putting(Reason.INVALID_TIMESTAMP, Field.TIMESTAMP, BAD_TIMESTAMPS));
        faults.add(putting(Reason.TIMESTAMP_OUT_OF_RANGE, Field.TIMESTAMP, TIMESTAMPS_OUT_OF_RANGE));
        faults.add(Fault.of(Reason.INVALID_IP, Field.IP, (good, chance) -> good.put(
                        "ip", Draft.quoted(Fault.oneOf(BAD_ADDRESSES, chance)))
                .bytes()));
        List<String> tooLong =
                List.of("\"" + "x".repeat(MAX_TEXT + 1) + "\"", "\"" + "é😀".repeat(MAX_TEXT / 2 + 1) + "\"");
        for (Field field : PLAIN_TEXTS) {
            faults.add(putting(Reason.FIELD_TOO_LONG, field, tooLong));
        }
    }

    /** One of these JSON values in the field's place. */
    private static Fault putting(Reason reason, Field field, List<String> values) {
        return Fault.of(reason, field, (good, chance) -> good.put(field.label(), Fault.oneOf(values, chance))
                .bytes());
    }
}

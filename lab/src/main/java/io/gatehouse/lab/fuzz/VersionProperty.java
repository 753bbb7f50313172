package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Of any texts as {@code app_version}, one login after another on one device, core and reference say the same: which
 * version, and how it compares with the one before. Each line of the input is one.
 */
final class VersionProperty implements Property {
    private static final String LOGIN =
            "{\"user_id\":\"u\",\"app_version\":%,\"timestamp\":1720589697,\"device_id\":\"d\",\"locale\":\"WA\"}";

    /** Enough for every change, and for its return. */
    private static final int MOST_LOGINS = 8;

    private final Judge core;

    VersionProperty(Judge core) {
        this.core = core;
    }

    @Override
    public void holdsFor(byte[] input) {
        List<Judge.Input> records = new ArrayList<>();
        for (String line : new String(input, ISO_8859_1).split("\n", MOST_LOGINS)) {
            byte[] version = line.getBytes(ISO_8859_1);
            records.add(new Judge.Input(FieldText.in(LOGIN, FieldText.plain(version)), -1));
            FieldText.escaped(version).ifPresent(text -> records.add(new Judge.Input(FieldText.in(LOGIN, text), -1)));
        }
        Agreement.withTheReference(core, records);
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                bytes("2.3.0"),
                bytes("1.2.3\n1.2.4\n1.2.3\n1.2.3-beta\nnone\n1.2"),
                bytes("v1\nv\nV1\n1.\n.1\n1..2\n1.2.3.4\n01.002.0003"),
                bytes("65535.65535.65535\n65536.0.0\n0.0.99999999999999999999"),
                bytes("1+a\n1 b\n1-c\n1.2+d\n1.2.3+e\n1.2.3.\n1.2."),
                bytes("\n \n-1\n+1"),
                bytes("1.2.3" + "9".repeat(252)));
    }

    @Override
    public List<String> words() {
        return List.of("65535", "65536", "4294967296", "v1", ".0", "-rc1", "+5", "\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}

package io.gatehouse.app.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.app.Printable;
import java.io.PrintWriter;
import java.util.HexFormat;

/** Bytes as text, and as hexadecimal numbers, sixteen a line, with the ASCII characters among them. */
final class HexDump {
    /** Some screens; an export has all. */
    private static final int MOST_BYTES = 4096;

    private static final int LINE_BYTES = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    static void print(PrintWriter out, byte[] bytes) {
        int shown = Math.min(bytes.length, MOST_BYTES);
        out.println("  " + Printable.escape(new String(bytes, 0, shown, UTF_8)));
        for (int from = 0; from < shown; from += LINE_BYTES) {
            int to = Math.min(shown, from + LINE_BYTES);
            out.printf("  %08x  %-47s  |%s|%n", from, HEX.formatHex(bytes, from, to), ascii(bytes, from, to));
        }
        if (shown < bytes.length) {
            out.printf("  … and %d bytes more: 'gatehouse dlq export' writes them all%n", bytes.length - shown);
        }
    }

    private static String ascii(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
        }
        return text.toString();
    }
}

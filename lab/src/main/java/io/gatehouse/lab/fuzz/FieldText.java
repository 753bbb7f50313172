package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A field's text as an event may spell it. */
final class FieldText {
    private FieldText() {}

    /** An event, of which one field's value is the given bytes: where the template has a {@code %}. */
    static byte[] in(String template, byte[] value) {
        int at = template.indexOf('%');
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes(template.substring(0, at).getBytes(US_ASCII));
        event.writeBytes(value);
        event.writeBytes(template.substring(at + 1).getBytes(US_ASCII));
        return event.toByteArray();
    }

    /** The bytes as they are, between quotes; only what would end or break the string is escaped. */
    static byte[] plain(byte[] text) {
        ByteArrayOutputStream quoted = new ByteArrayOutputStream();
        quoted.write('"');
        for (byte b : text) {
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                quoted.writeBytes(unit((char) b));
            } else {
                quoted.write(b);
            }
        }
        quoted.write('"');
        return quoted.toByteArray();
    }

    /** The same text, each character of it escaped; nothing where the bytes are no UTF-8. */
    static Optional<byte[]> escaped(byte[] text) {
        ByteArrayOutputStream quoted = new ByteArrayOutputStream();
        quoted.write('"');
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .chars()
                    .forEach(c -> quoted.writeBytes(unit((char) c)));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        quoted.write('"');
        return Optional.of(quoted.toByteArray());
    }

    private static byte[] unit(char character) {
        return String.format("\\u%04x", (int) character).getBytes(US_ASCII);
    }
}

package io.gatehouse.reference;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Some records of one partition, in order from offset 0, what must become of each, and what of them all.
 *
 * @param file the file that holds the case
 * @param name a sentence
 */
public record LoginCase(
        String file,
        String name,
        Settings settings,
        List<Event> events,
        List<Expectation> expectations,
        Publications publications) {
    private static final List<List<String>> SPELLINGS =
            List.of(List.of("\"user_id\"", "\"\\u0075ser_id\""), List.of("\"timestamp\"", "\"t\\u0069mestamp\""));

    /**
     * A record.
     *
     * @param value may be null
     * @param recordTimestampMs epoch milliseconds; negative for none
     */
    public record Event(byte[] value, long recordTimestampMs) {}

    @Override
    public String toString() {
        return file + ": " + name;
    }

    /**
     * The same case with the first name of a required field in each event spelled with an escape, which must change
     * nothing but the bytes that are copied; empty when no event has such a name, or one would outgrow the limit.
     */
    public Optional<LoginCase> respelled() {
        List<Event> respelled = events.stream()
                .map(event -> new Event(respell(event.value()), event.recordTimestampMs()))
                .toList();
        boolean changed = false;
        for (int i = 0; i < events.size(); i++) {
            byte[] before = events.get(i).value();
            byte[] after = respelled.get(i).value();
            if (before == null) {
                continue;
            }
            changed |= after.length != before.length;
            if (before.length <= settings.maxEventBytes() && after.length > settings.maxEventBytes()) {
                return Optional.empty();
            }
        }
        List<Expectation> expected = expectations.stream()
                .map(expectation -> expectation.withOutput(LoginCase::respell))
                .toList();
        return changed
                ? Optional.of(new LoginCase(
                        file, name + ", spelled with an escape", settings, respelled, expected, publications))
                : Optional.empty();
    }

    private static String respell(String text) {
        for (List<String> spelling : SPELLINGS) {
            int at = text.indexOf(spelling.get(0));
            if (at >= 0) {
                return text.substring(0, at)
                        + spelling.get(1)
                        + text.substring(at + spelling.get(0).length());
            }
        }
        return text;
    }

    /** Works on bytes read as Latin-1, so that those which are no UTF-8 stay as they are. */
    private static byte[] respell(byte[] value) {
        return value == null
                ? null
                : respell(new String(value, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }
}

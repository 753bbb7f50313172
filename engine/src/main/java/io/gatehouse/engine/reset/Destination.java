package io.gatehouse.engine.reset;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where to move. */
public sealed interface Destination {
    /** The oldest record that each partition still has. */
    record Earliest() implements Destination {}

    /** The end of each partition. */
    record Latest() implements Destination {}

    /** In each partition, the first record that is not older by its Kafka timestamp; the end where there is none. */
    record Time(long epochMs) implements Destination {}

    /** Some partitions' offsets; the others stay where they are. */
    record Offsets(Map<Integer, Long> byPartition) implements Destination {}

    /** What {@link #parse} takes, in words. */
    String FORMS = "earliest, latest, a time (2024-03-01T12:00:00Z, or epoch milliseconds), or offsets of partitions"
            + " (0=123,1=456)";

    /** @throws IllegalArgumentException when the text is none of {@link #FORMS} */
    static Destination parse(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "earliest":
                return new Earliest();
            case "latest":
                return new Latest();
            default:
                break;
        }
        try {
            if (text.indexOf('=') >= 0) {
                return offsets(text);
            }
            return new Time(
                    Digits.ONLY.matcher(text).matches()
                            ? Long.parseLong(text)
                            : OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("none of: " + FORMS, e);
        }
    }

    private static Destination offsets(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String one : text.split(",", -1)) {
            String[] sides = one.split("=", -1);
            if (sides.length != 2
                    || !Digits.ONLY.matcher(sides[0]).matches()
                    || !Digits.ONLY.matcher(sides[1]).matches()) {
                throw new IllegalArgumentException(one);
            }
            if (offsets.put(Integer.valueOf(sides[0]), Long.valueOf(sides[1])) != null) {
                throw new IllegalArgumentException(one);
            }
        }
        return new Offsets(Map.copyOf(offsets));
    }

    /** Numbers without sign, so that nothing has to be refused twice. */
    final class Digits {
        private static final Pattern ONLY = Pattern.compile("[0-9]+");

        private Digits() {}
    }
}

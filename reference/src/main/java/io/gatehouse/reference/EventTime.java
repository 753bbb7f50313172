package io.gatehouse.reference;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spellings of a {@code timestamp}. */
final class EventTime {
    private static final BigInteger SMALLEST_MILLISECONDS = BigInteger.valueOf(100_000_000_000L);
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
    private static final Pattern ISO_8601 = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})"
            + "T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?"
            + "(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

    private EventTime() {}

    /** Seconds or, from 100000000000 on, milliseconds since 1970; the result is milliseconds, of any size. */
    static BigInteger ofEpoch(String integer) {
        BigInteger number = new BigInteger(integer);
        return number.compareTo(SMALLEST_MILLISECONDS) >= 0 ? number : number.multiply(THOUSAND);
    }

    /** Epoch milliseconds of a string of digits or of an ISO 8601 date, time and offset; null when it is neither. */
    static BigInteger ofText(String text) {
        return text.matches("[0-9]+") ? ofEpoch(text) : ofIso8601(text);
    }

    private static BigInteger ofIso8601(String text) {
        Matcher parts = ISO_8601.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            Instant wholeSeconds = LocalDateTime.of(
                            number(parts, 1),
                            number(parts, 2),
                            number(parts, 3),
                            number(parts, 4),
                            number(parts, 5),
                            number(parts, 6))
                    .toInstant(ZoneOffset.UTC);
            long offsetMinutes = offsetMinutes(parts);
            long milliseconds = parts.group(7) == null ? 0 : Long.parseLong((parts.group(7) + "00").substring(0, 3));
            return BigInteger.valueOf(wholeSeconds.toEpochMilli() - offsetMinutes * 60_000 + milliseconds);
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static long offsetMinutes(Matcher parts) {
        if (parts.group(8) == null) {
            return 0;
        }
        int hours = number(parts, 9);
        int minutes = number(parts, 10);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("no such offset");
        }
        return (parts.group(8).equals("-") ? -1 : 1) * (hours * 60L + minutes);
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}

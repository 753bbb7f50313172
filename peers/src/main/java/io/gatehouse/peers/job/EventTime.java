package io.gatehouse.peers.job;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The spellings of a {@code timestamp}. All results are epoch milliseconds, of whatever range. */
final class EventTime {
    /** The text tells no time. */
    static final long NONE = Long.MIN_VALUE;

    /** Stands for all numbers that a long cannot hold: out of range as well. */
    private static final long BEYOND = 0;

    private static final long SMALLEST_MS = 100_000_000_000L;
    private static final int DIGITS_OF_ANY_LONG = 18;
    private static final int SECONDS_END = "2023-09-12T00:45:51".length();
    private static final int MOST_FRACTION_DIGITS = 9;

    private EventTime() {}

    /** @param integer a JSON integer */
    static long ofNumber(String integer) {
        long number;
        if (integer.length() <= DIGITS_OF_ANY_LONG) {
            number = Long.parseLong(integer);
        } else {
            BigInteger large = new BigInteger(integer);
            number = large.bitLength() < Long.SIZE ? large.longValue() : BEYOND;
        }
        if (number >= SMALLEST_MS) {
            return number;
        }
        return number < 0 ? BEYOND : number * 1000;
    }

    /** A number in text, or ISO 8601 with date, time and offset. */
    static long ofText(String text) {
        boolean isNumber = !text.isEmpty() && digitsEnd(text, 0) == text.length();
        return isNumber ? ofNumber(text) : ofIso8601(text);
    }

    private static long ofIso8601(String text) {
        if (text.length() <= SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return NONE;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        if (year < 0) {
            return NONE;
        }
        int at = SECONDS_END;
        int milliseconds = 0;
        if (text.charAt(at) == '.') {
            int end = digitsEnd(text, at + 1);
            int digits = end - at - 1;
            if (digits < 1 || digits > MOST_FRACTION_DIGITS) {
                return NONE;
            }
            milliseconds = milliseconds(text, at + 1, digits);
            at = end;
        }
        try {
            long seconds =
                    LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
            int offsetMinutes = offsetMinutes(text, at);
            return (seconds - offsetMinutes * 60L) * 1000 + milliseconds;
        } catch (DateTimeException noSuchTime) {
            return NONE;
        }
    }

    private static int milliseconds(String text, int from, int digits) {
        int milliseconds = 0;
        for (int i = 0; i < 3; i++) {
            milliseconds = milliseconds * 10 + (i < digits ? text.charAt(from + i) - '0' : 0);
        }
        return milliseconds;
    }

    /** @throws DateTimeException when the rest of the text is no offset */
    private static int offsetMinutes(String text, int at) {
        int length = text.length() - at;
        if (length == 1 && text.charAt(at) == 'Z') {
            return 0;
        }
        if (length == 6 && text.charAt(at + 3) == ':') {
            int hours = digits(text, at + 1, at + 3);
            int minutes = digits(text, at + 4, at + 6);
            char sign = text.charAt(at);
            if ((sign == '+' || sign == '-') && hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59) {
                return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
            }
        }
        throw new DateTimeException("no such offset");
    }

    /** The number that these characters spell; -1 when one of them is no ASCII digit, which no date or time allows. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}

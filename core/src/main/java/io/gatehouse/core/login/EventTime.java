package io.gatehouse.core.login;

/**
 * Reads the moment of a login: epoch seconds or milliseconds in digits, or ISO 8601 as
 * {@code YYYY-MM-DDThh:mm:ss[.f…](Z|±hh:mm)} with one to nine fraction digits.
 */
final class EventTime {
    /** No moment that may be accepted lies before 1970, so negative results can say what is wrong. */
    static final long INVALID = -1;

    static final long OUT_OF_RANGE = -2;

    /** From here on a number is milliseconds: as seconds it would be the year 5138. */
    private static final long FIRST_AS_MILLISECONDS = 100_000_000_000L;

    private static final long EARLIEST_MS = 946_684_800_000L; // 2000-01-01T00:00:00Z
    private static final long CLOCK_TOLERANCE_MS = 5 * 60_000L;

    private static final long NOT_DIGITS = -3;
    private static final long BEFORE_OVERFLOW = Long.MAX_VALUE / 10;

    private EventTime() {}

    /**
     * Reads a JSON integer.
     *
     * @return epoch milliseconds, or {@link #OUT_OF_RANGE}
     */
    static long ofInteger(byte[] text, int from, int to, long recordTimestampMs) {
        return text[from] == '-' ? OUT_OF_RANGE : inRange(toMilliseconds(digits(text, from, to)), recordTimestampMs);
    }

    /**
     * Reads a string.
     *
     * @return epoch milliseconds, or {@link #OUT_OF_RANGE} or {@link #INVALID}
     */
    static long ofString(byte[] text, int from, int to, long recordTimestampMs) {
        if (from == to) {
            return INVALID;
        }
        long number = digits(text, from, to);
        long timeMs = number == NOT_DIGITS ? IsoDateTime.parse(text, from, to) : toMilliseconds(number);
        return timeMs == IsoDateTime.INVALID ? INVALID : inRange(timeMs, recordTimestampMs);
    }

    private static long toMilliseconds(long number) {
        return number < FIRST_AS_MILLISECONDS ? number * 1000 : number;
    }

    private static long inRange(long timeMs, long recordTimestampMs) {
        if (timeMs < EARLIEST_MS) {
            return OUT_OF_RANGE;
        }
        // The difference of two times from 1970 on cannot overflow; their sum with the tolerance could.
        boolean isAhead = recordTimestampMs >= 0 && timeMs - recordTimestampMs > CLOCK_TOLERANCE_MS;
        return isAhead ? OUT_OF_RANGE : timeMs;
    }

    /** The number that the digits spell; {@link #NOT_DIGITS}; beyond signed 64 bits {@link #OUT_OF_RANGE}. */
    private static long digits(byte[] text, int from, int to) {
        long number = 0;
        boolean isBeyond = false;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return NOT_DIGITS;
            }
            isBeyond |= number > BEFORE_OVERFLOW;
            number = number * 10 + digit;
            isBeyond |= number < 0;
        }
        return isBeyond ? OUT_OF_RANGE : number;
    }
}

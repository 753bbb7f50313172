package io.gatehouse.core.login;

/**
 * Reads {@code YYYY-MM-DDThh:mm:ss[.f…](Z|±hh:mm)}: a valid date of the calendar, upper-case T and Z, one to nine fraction
 * digits, cut to milliseconds, and no second 60. One spelling, because the many others of ISO 8601 are read differently
 * by different readers.
 */
final class IsoDateTime {
    /** Lies before the year 0, so no text spells it. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int SECONDS_LENGTH = "YYYY-MM-DDThh:mm:ss".length();
    private static final int OFFSET_LENGTH = "+hh:mm".length();

    private static final int NO_NUMBER = Integer.MIN_VALUE;

    private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int DAYS_TO_1970 = 719_528; // from 0000-01-01

    private IsoDateTime() {}

    /** Epoch milliseconds, negative before 1970; {@link #INVALID} when the text is not of this form. */
    static long parse(byte[] text, int from, int to) {
        if (to - from <= SECONDS_LENGTH || !isPunctuated(text, from)) {
            return INVALID;
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        if (!isDate(year, month, day) || !isIn(hour, 24) || !isIn(minute, 60) || !isIn(second, 60)) {
            return INVALID;
        }
        int fraction = from + SECONDS_LENGTH;
        int zone = text[fraction] == '.' ? digitsEnd(text, fraction + 1, to) : fraction;
        int millisecond = zone == fraction ? 0 : milliseconds(text, fraction + 1, zone);
        int offset = offsetMinutes(text, zone, to);
        if (millisecond == NO_NUMBER || offset == NO_NUMBER) {
            return INVALID;
        }
        long minutes = (epochDay(year, month, day) * 24L + hour) * 60 + minute - offset;
        return (minutes * 60 + second) * 1000 + millisecond;
    }

    private static boolean isPunctuated(byte[] text, int from) {
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    private static boolean isDate(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1) {
            return false;
        }
        return day <= DAYS_IN_MONTH[month - 1] || month == 2 && day == 29 && isLeap(year);
    }

    private static int epochDay(int year, int month, int day) {
        int leapDays = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        int days = 365 * year + leapDays + day - 1;
        for (int m = 1; m < month; m++) {
            days += DAYS_IN_MONTH[m - 1];
        }
        return days + (month > 2 && isLeap(year) ? 1 : 0) - DAYS_TO_1970;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int milliseconds(byte[] text, int from, int to) {
        int digits = to - from;
        if (digits == 0 || digits > MAX_FRACTION_DIGITS) {
            return NO_NUMBER;
        }
        return switch (digits) {
            case 1 -> number(text, from, 1) * 100;
            case 2 -> number(text, from, 2) * 10;
            default -> number(text, from, 3);
        };
    }

    /** Minutes east of UTC. */
    private static int offsetMinutes(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 1 && text[from] == 'Z') {
            return 0;
        }
        if (length != OFFSET_LENGTH || text[from + 3] != ':') {
            return NO_NUMBER;
        }
        int hours = number(text, from + 1, 2);
        int minutes = number(text, from + 4, 2);
        if (!isIn(hours, 24) || !isIn(minutes, 60)) {
            return NO_NUMBER;
        }
        return switch (text[from]) {
            case '+' -> hours * 60 + minutes;
            case '-' -> -(hours * 60 + minutes);
            default -> NO_NUMBER;
        };
    }

    private static boolean isIn(int number, int bound) {
        return number >= 0 && number < bound;
    }

    private static int number(byte[] text, int from, int digits) {
        if (digitsEnd(text, from, from + digits) != from + digits) {
            return NO_NUMBER;
        }
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static int digitsEnd(byte[] text, int from, int to) {
        int pos = from;
        while (pos < to && text[pos] >= '0' && text[pos] <= '9') {
            pos++;
        }
        return pos;
    }
}

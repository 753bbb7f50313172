package io.gatehouse.core.login;

/**
 * Writes moments as ISO 8601 in UTC: {@code YYYY-MM-DDThh:mm:ss[.mmm]Z}; years beyond 9999 get a plus sign and the digits
 * they need. It keeps the date it wrote last, since one event's day is mostly the next one's. Not thread-safe.
 */
public final class IsoTime {
    /** {@code +292278994-08-17T07:12:55.807Z}, the latest moment that a long of milliseconds can hold. */
    public static final int MAX_BYTES = 30;

    private static final long DAY_MS = 86_400_000;
    /** The Gregorian calendar repeats after this many days, which are 400 years. */
    private static final int CYCLE_DAYS = 146_097;
    /** Days from 1 March of year 0 to 1 January 1970. */
    private static final int EPOCH_DAY = 719_468;

    /** The last date written, up to and with the T. */
    private final byte[] date = new byte[MAX_BYTES];

    private int dateBytes;
    private long dateDay = Long.MIN_VALUE;

    /**
     * Writes a moment, with milliseconds only where it has some.
     *
     * @param epochMs not before 1970
     * @return the index after the last byte
     */
    public int write(long epochMs, byte[] to, int from) {
        return write(epochMs, false, to, from);
    }

    /** The same, with milliseconds in any case. */
    public int writeWithMs(long epochMs, byte[] to, int from) {
        return write(epochMs, true, to, from);
    }

    private int write(long epochMs, boolean alwaysMs, byte[] to, int from) {
        long day = epochMs / DAY_MS;
        if (day != dateDay) {
            dateBytes = writeDate(day, date, 0);
            date[dateBytes++] = 'T';
            dateDay = day;
        }
        System.arraycopy(date, 0, to, from, dateBytes);
        int at = from + dateBytes;
        int msOfDay = (int) (epochMs - day * DAY_MS);
        int second = msOfDay / 1000;
        at = Digits.writeTwo(second / 3600, to, at);
        to[at++] = ':';
        at = Digits.writeTwo(second / 60 % 60, to, at);
        to[at++] = ':';
        at = Digits.writeTwo(second % 60, to, at);
        int ms = msOfDay - second * 1000;
        if (ms != 0 || alwaysMs) {
            to[at++] = '.';
            to[at++] = (byte) ('0' + ms / 100);
            at = Digits.writeTwo(ms % 100, to, at);
        }
        to[at++] = 'Z';
        return at;
    }

    /** Counts years from 1 March, so that the leap day is a year's last. */
    private static int writeDate(long epochDay, byte[] to, int from) {
        long day = epochDay + EPOCH_DAY;
        long cycle = day / CYCLE_DAYS;
        int dayOfCycle = (int) (day - cycle * CYCLE_DAYS);
        int yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
        int dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
        // From March on, the months' lengths repeat as 31 30 31 30 31: 153 days in five months.
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0);
        int at = writeYear(year, to, from);
        to[at++] = '-';
        at = Digits.writeTwo(month, to, at);
        to[at++] = '-';
        return Digits.writeTwo(dayOfMonth, to, at);
    }

    private static int writeYear(long year, byte[] to, int from) {
        if (year > 9999) {
            to[from] = '+';
            return Digits.write(year, to, from + 1);
        }
        int at = Digits.writeTwo((int) year / 100, to, from);
        return Digits.writeTwo((int) year % 100, to, at);
    }
}

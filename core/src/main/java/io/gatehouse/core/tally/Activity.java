package io.gatehouse.core.tally;

/** Logins by day and hour of the 28 days that end with the day of the partition's event time. */
final class Activity {
    static final int DAYS = 28;
    private static final long NONE = -1;

    private final Counts[] days = new Counts[DAYS];
    private long lastDay = NONE;

    Activity() {
        for (int i = 0; i < DAYS; i++) {
            days[i] = new Counts(Calendar.HOURS);
        }
    }

    /** Whether counting a login of this day ends the last one. */
    boolean isEndedBy(long day) {
        return day > lastDay && lastDay != NONE;
    }

    void count(Calendar calendar) {
        long day = calendar.day();
        if (day > lastDay) {
            advance(day);
        }
        if (isKept(day)) {
            of(day).increment(calendar.hourOfDay());
        }
    }

    private void advance(long day) {
        if (lastDay != NONE) {
            long first = Math.max(lastDay + 1, day - DAYS + 1);
            for (long next = first; next <= day; next++) {
                of(next).clear();
            }
        }
        lastDay = day;
    }

    private boolean isKept(long day) {
        return day > lastDay - DAYS && day <= lastDay;
    }

    private Counts of(long day) {
        return days[(int) (day % DAYS)];
    }

    long lastDay() {
        return lastDay;
    }

    void forgetJournal() {
        for (Counts day : days) {
            day.forgetJournal();
        }
    }

    void drain(ImageWriter to) {
        for (long day = Math.max(0, lastDay - DAYS + 1); day <= lastDay; day++) {
            to.of(ImageFormat.DAY, Calendar.DAY_MS, day);
            of(day).drain(to);
        }
    }

    /** The counts of a day that the journal tells of; null when it has been left behind. */
    Counts restore(long day) {
        if (day < 0) {
            throw new IllegalArgumentException("not an image of statistics: of a day before 1970");
        }
        if (day > lastDay) {
            advance(day);
        }
        return isKept(day) ? of(day) : null;
    }

    /** Writes the seven weekdays of 24 hours, Monday first. */
    void write(JsonText json) {
        json.beginArray("hours");
        for (int weekday = 0; weekday < Calendar.DAYS.length; weekday++) {
            json.beginArray();
            for (int hour = 0; hour < Calendar.HOURS; hour++) {
                json.element(sum(weekday, hour));
            }
            json.endArray();
        }
        json.endArray();
    }

    private long sum(int weekday, int hour) {
        long sum = 0;
        for (long day = Math.max(0, lastDay - DAYS + 1); day <= lastDay; day++) {
            sum += Calendar.dayOfWeek(day) == weekday ? of(day).get(hour) : 0;
        }
        return sum;
    }
}

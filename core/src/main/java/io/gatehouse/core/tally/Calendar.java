package io.gatehouse.core.tally;

/** The hour that a moment lies in, in UTC. Keeps the hour it told last, since one login's is mostly the next one's. */
final class Calendar {
    static final String[] DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    static final long DAY_MS = 86_400_000;
    static final int HOURS = 24;
    private static final long HOUR_MS = 3_600_000;
    /** 1 January 1970 was a Thursday. */
    private static final int EPOCH_DAY_OF_WEEK = 3;

    private long hourStartMs = -1;
    private long day;
    private int hourOfDay;
    private int dayOfWeek;

    /** @param epochMs not negative */
    void turnTo(long epochMs) {
        if (hourStartMs >= 0 && epochMs >= hourStartMs && epochMs - hourStartMs < HOUR_MS) {
            return;
        }
        long hour = epochMs / HOUR_MS;
        hourStartMs = hour * HOUR_MS;
        day = hour / HOURS;
        hourOfDay = (int) (hour - day * HOURS);
        dayOfWeek = dayOfWeek(day);
    }

    /** Days since 1970. */
    long day() {
        return day;
    }

    int hourOfDay() {
        return hourOfDay;
    }

    /** 0 for Monday. */
    int dayOfWeek() {
        return dayOfWeek;
    }

    static int dayOfWeek(long day) {
        return (int) ((day + EPOCH_DAY_OF_WEEK) % DAYS.length);
    }
}

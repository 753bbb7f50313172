package io.gatehouse.app.view;

import static io.gatehouse.app.view.RecordReader.HOURS;
import static io.gatehouse.app.view.RecordReader.WEEKDAYS;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * Hourly activity of all partitions together.
 *
 * @param lastDay the last day of the partition that is furthest ahead
 * @param partitions how many partitions' are in it
 * @param hours seven weekdays, Monday first, of 24 hours
 */
record MergedActivity(LocalDate lastDay, int partitions, long[][] hours) {
    static final int DAYS = 28;

    /** Adds up; partitions none of whose days are among the last 28 are left out. Null for none. */
    static MergedActivity of(Collection<PublishedRecord.Activity> parts) {
        LocalDate lastDay = parts.stream()
                .map(PublishedRecord.Activity::lastDay)
                .max(LocalDate::compareTo)
                .orElse(null);
        if (lastDay == null) {
            return null;
        }
        List<PublishedRecord.Activity> recent = parts.stream()
                .filter(part -> part.lastDay().isAfter(lastDay.minusDays(DAYS)))
                .toList();
        long[][] hours = new long[WEEKDAYS][HOURS];
        for (PublishedRecord.Activity part : recent) {
            for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
                for (int hour = 0; hour < HOURS; hour++) {
                    hours[weekday][hour] += part.hours()[weekday][hour];
                }
            }
        }
        return new MergedActivity(lastDay, recent.size(), hours);
    }
}

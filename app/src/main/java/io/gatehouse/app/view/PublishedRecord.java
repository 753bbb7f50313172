package io.gatehouse.app.view;

import java.time.LocalDate;
import java.util.Map;

/** A record of the topic of statistics, as far as the view knows it. */
sealed interface PublishedRecord {
    int partition();

    /** The logins of a window in a partition. */
    record Logins(int partition, long startMs, long endMs, LoginCounts counts) implements PublishedRecord {}

    /** The dead letters of a window in a partition, by reason. */
    record DeadLetters(int partition, long startMs, long endMs, Map<String, Long> reasons) implements PublishedRecord {}

    /**
     * A partition's logins by weekday and hour.
     *
     * @param lastDay the last of the 28 days
     * @param hours seven weekdays, Monday first, of 24 hours
     */
    record Activity(int partition, LocalDate lastDay, long[][] hours) implements PublishedRecord {}
}

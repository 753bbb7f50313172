package io.gatehouse.lab.demo;

import io.gatehouse.app.view.Heading;
import io.gatehouse.core.tally.TallySnapshot;
import java.util.Map;

/**
 * What had happened since the demo's start, at one moment.
 *
 * @param seconds since the start
 * @param in events that reached the input topic, whoever sent them
 * @param lag events in the input topic that are not judged yet
 * @param users remembered users
 * @param tally what became of the judged ones
 * @param leading the values that most logins had lately, of the statistics of all partitions; a heading may be missing
 */
record Moment(double seconds, long in, long lag, long users, TallySnapshot tally, Map<Heading, String> leading) {
    /** Events judged: processed or dead letters. */
    long out() {
        return tally.accepted() + deadLetters();
    }

    long deadLetters() {
        return tally.refused().values().stream().mapToLong(Long::longValue).sum();
    }
}

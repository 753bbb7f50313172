package io.gatehouse.app.dlq;

import io.gatehouse.app.Printable;
import io.gatehouse.engine.deadletter.DeadLetter;
import io.gatehouse.engine.lookup.RecordPlace;
import io.gatehouse.engine.replay.Cause;
import io.gatehouse.engine.replay.Letter;
import java.time.Instant;
import java.util.Comparator;

/**
 * A letter without its content.
 *
 * @param appVersion null where nothing tells it
 */
record LetterSummary(
        RecordPlace place,
        Cause cause,
        DeadLetter.Source source,
        Instant failedAt,
        int attempt,
        String platform,
        String appVersion,
        boolean isReplayed) {

    /** By the time of refusal. */
    static final Comparator<LetterSummary> OLDEST_FIRST = Comparator.comparing(LetterSummary::failedAt)
            .thenComparing(letter -> letter.place().partition())
            .thenComparing(letter -> letter.place().offset());

    static LetterSummary of(Letter letter, boolean isReplayed) {
        return new LetterSummary(
                letter.place(),
                letter.cause(),
                letter.dead().source(),
                Instant.ofEpochMilli(letter.dead().failedAtMs()),
                letter.dead().attempt(),
                letter.glimpse().platform().label(),
                letter.glimpse().appVersion(),
                isReplayed);
    }

    /** Platform and version, fit for a terminal. */
    String app() {
        return platform + " " + (appVersion == null ? "-" : Printable.excerpt(appVersion));
    }
}

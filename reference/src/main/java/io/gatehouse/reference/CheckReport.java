package io.gatehouse.reference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a check found.
 *
 * @param inputs records of the input topic
 * @param processed records of the processed topic
 * @param deadLetters records of the dead-letter topic
 * @param agreed inputs that came out exactly once and exactly as they must
 * @param sessions closed sessions that were published, each once
 * @param statistics keys of statistics that were published, each once
 * @param counts differences by kind; kinds without any are absent
 * @param differences the first differences, readable
 */
public record CheckReport(
        long inputs,
        long processed,
        long deadLetters,
        long agreed,
        long sessions,
        long statistics,
        Map<Kind, Long> counts,
        List<String> differences) {

    /** In what way something differs. */
    public enum Kind {
        /** An input that came out nowhere. */
        MISSING,
        /** An input that came out more than once. */
        REPEATED,
        /** A record that came out of no input. */
        UNKNOWN_SOURCE,
        /** A record that does not say which input it came out of. */
        UNREADABLE,
        /** A dead letter of a good login, or a processed event of a bad one. */
        WRONG_TOPIC,
        /** Logins of a user that came out in another order than they went in, or where no order holds. */
        ORDER,
        KEY,
        VALUE,
        HEADERS,
        /** A session that must have been closed and was not published. */
        MISSING_SESSION,
        /** A published session that there was not. */
        UNKNOWN_SESSION,
        /** A session whose last revision is not the truth, or which is not written as it must be. */
        SESSION,
        /** Revisions of a session that cannot follow each other. */
        REVISIONS,
        /** A key of statistics that must be there. */
        MISSING_STATISTICS,
        /** A key of statistics that must not be there. */
        UNKNOWN_STATISTICS,
        /** A key of statistics whose last value is not the truth. */
        STATISTICS,
        /** A generated record that did not become what it was made for. */
        UNINTENDED,
        /** A send that Kafka has acknowledged and that is not in the input. */
        LOST_SEND,
        /** A send that is in the input more than once. */
        REPEATED_SEND,
        /** A send that is elsewhere in the input than Kafka has said. */
        MISPLACED_SEND,
        /** A record of the input that claims to be a send that there was not. */
        UNKNOWN_SEND
    }

    private static final Set<Kind> MENDED_BY_TIME =
            EnumSet.of(Kind.MISSING_SESSION, Kind.SESSION, Kind.MISSING_STATISTICS, Kind.STATISTICS);

    /** The same, and what other witnesses have found. */
    public CheckReport with(Differences more) {
        Map<Kind, Long> allCounts = new EnumMap<>(Kind.class);
        allCounts.putAll(counts);
        more.counts().forEach((kind, count) -> allCounts.merge(kind, count, Long::sum));
        List<String> all = new ArrayList<>(differences);
        all.addAll(more.kept());
        return new CheckReport(inputs, processed, deadLetters, agreed, sessions, statistics, allCounts, all);
    }

    public boolean isContent() {
        return counts.isEmpty();
    }

    /** Whether sessions and statistics that are published later could make it content. */
    public boolean mayBecomeContent() {
        return MENDED_BY_TIME.containsAll(counts.keySet());
    }

    /** Some lines for people: the counts, and the first differences. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(inputs).append(" in, ").append(processed).append(" processed, ");
        text.append(deadLetters).append(" dead letters, ").append(agreed).append(" as they must be; ");
        text.append(sessions).append(" sessions, ").append(statistics).append(" keys of statistics");
        counts.forEach(
                (kind, count) -> text.append("\n").append(kind).append(": ").append(count));
        differences.forEach(difference -> text.append("\n").append(difference));
        return text.toString();
    }
}

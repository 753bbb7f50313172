package io.gatehouse.reference;

import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param inputs records of the input topic
 * @param processed records of the processed topic
 * @param deadLetters records of the dead-letter topic
 * @param agreed inputs that came out exactly once and exactly as they must
 * @param counts differences by kind; kinds without any are absent
 * @param differences the first differences, readable
 */
public record CheckReport(
        long inputs, long processed, long deadLetters, long agreed, Map<Kind, Long> counts, List<String> differences) {

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
        HEADERS
    }

    public boolean isContent() {
        return counts.isEmpty();
    }

    /** Some lines for people: the counts, and the first differences. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(inputs).append(" in, ").append(processed).append(" processed, ");
        text.append(deadLetters).append(" dead letters, ").append(agreed).append(" as they must be");
        counts.forEach(
                (kind, count) -> text.append("\n").append(kind).append(": ").append(count));
        differences.forEach(difference -> text.append("\n").append(difference));
        return text.toString();
    }
}

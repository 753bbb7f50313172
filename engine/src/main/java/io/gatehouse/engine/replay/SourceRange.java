package io.gatehouse.engine.replay;

import io.gatehouse.engine.deadletter.DeadLetter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where originals lie.
 *
 * @param from the first offset
 * @param to the last one
 */
public record SourceRange(String topic, int partition, long from, long to) {
    /** What {@link #parse} takes, in words. */
    public static final String FORM = "TOPIC/PARTITION, TOPIC/PARTITION/OFFSET or TOPIC/PARTITION/OFFSET-OFFSET";

    private static final Pattern PARTS =
            Pattern.compile("([A-Za-z0-9._-]{1,249})/([0-9]{1,9})(?:/([0-9]{1,18})(?:-([0-9]{1,18}))?)?");

    /** @throws IllegalArgumentException when the text is not {@link #FORM} */
    public static SourceRange parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not " + FORM);
        }
        long from = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
        long to = parts.group(3) == null
                ? Long.MAX_VALUE
                : parts.group(4) == null ? from : Long.parseLong(parts.group(4));
        if (to < from) {
            throw new IllegalArgumentException("a range that ends before it begins");
        }
        return new SourceRange(parts.group(1), Integer.parseInt(parts.group(2)), from, to);
    }

    boolean contains(DeadLetter.Source source) {
        return source.topic().equals(topic)
                && source.partition() == partition
                && source.offset() >= from
                && source.offset() <= to;
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        String place = topic + "/" + partition;
        if (to == Long.MAX_VALUE) {
            return place;
        }
        return from == to ? place + "/" + from : place + "/" + from + "-" + to;
    }
}

package io.gatehouse.engine.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Offsets written as ranges: {@code 12-15,17,20-22}. */
final class OffsetRanges {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

    /** @param last not before the first */
    record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    private OffsetRanges() {}

    /** @param offsets rising */
    static List<Range> of(List<Long> offsets) {
        List<Range> ranges = new ArrayList<>();
        for (long offset : offsets) {
            int at = ranges.size() - 1;
            if (at >= 0 && ranges.get(at).last + 1 == offset) {
                ranges.set(at, new Range(ranges.get(at).first, offset));
            } else {
                ranges.add(new Range(offset, offset));
            }
        }
        return ranges;
    }

    static String text(List<Range> ranges) {
        return String.join(
                ",",
                ranges.stream()
                        .map(range ->
                                range.first == range.last ? Long.toString(range.first) : range.first + "-" + range.last)
                        .toList());
    }

    /**
     * @param most offsets that are believed, all ranges together
     * @throws IllegalArgumentException when the text is not of this form, or has more
     */
    static List<Range> parse(String text, int most) {
        List<Range> ranges = new ArrayList<>();
        long offsets = 0;
        for (String one : text.split(",", -1)) {
            Matcher parts = RANGE.matcher(one);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no range of offsets");
            }
            long first = Long.parseLong(parts.group(1));
            Range range = new Range(first, parts.group(2) == null ? first : Long.parseLong(parts.group(2)));
            offsets += range.length();
            if (range.last < first || offsets > most) {
                throw new IllegalArgumentException("no range of offsets");
            }
            ranges.add(range);
        }
        return ranges;
    }
}

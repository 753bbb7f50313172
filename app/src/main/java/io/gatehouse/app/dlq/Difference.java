package io.gatehouse.app.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.app.Printable;
import java.util.Arrays;

/** The part of a value in which it differs from another, with a little of what is the same on both sides. */
record Difference(String before, String after) {
    private static final int AROUND = 40;

    /** @param before may be null, as {@code after} may */
    static Difference of(byte[] before, byte[] after) {
        if (before == null || after == null) {
            return new Difference(whole(before), whole(after));
        }
        int start = Arrays.mismatch(before, after);
        if (start < 0) {
            return new Difference(whole(before), whole(after));
        }
        int same = 0;
        int most = Math.min(before.length, after.length) - start;
        while (same < most && before[before.length - 1 - same] == after[after.length - 1 - same]) {
            same++;
        }
        return new Difference(part(before, start, before.length - same), part(after, start, after.length - same));
    }

    private static String whole(byte[] value) {
        return value == null ? "no value" : Printable.excerpt(new String(value, UTF_8));
    }

    private static String part(byte[] value, int from, int to) {
        int begin = Math.max(0, from - AROUND);
        int end = Math.min(value.length, to + AROUND);
        return (begin > 0 ? "…" : "")
                + Printable.excerpt(new String(value, begin, end - begin, UTF_8))
                + (end < value.length ? "…" : "");
    }
}

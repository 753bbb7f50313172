package io.gatehouse.reference;

import io.gatehouse.reference.Checker.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Bytes made readable, and short. */
final class Excerpt {
    private static final int MOST_CHARACTERS = 120;

    private Excerpt() {}

    static String of(byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    static String of(List<Header> headers) {
        return headers.stream()
                .map(header -> header.name() + "=" + of(header.value()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Both from a little before the first byte in which they differ. */
    static String ofDifference(byte[] expected, byte[] actual) {
        if (expected == null || actual == null) {
            return "must be " + of(expected) + " but is " + of(actual);
        }
        int at = Arrays.mismatch(expected, actual);
        int from = Math.max(0, at - MOST_CHARACTERS / 2);
        return "from byte " + at + " on must be …" + of(Arrays.copyOfRange(expected, from, expected.length))
                + " but is …" + of(Arrays.copyOfRange(actual, Math.min(from, actual.length), actual.length));
    }
}

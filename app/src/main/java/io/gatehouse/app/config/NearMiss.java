package io.gatehouse.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant who wrote something almost like it. */
final class NearMiss {
    private NearMiss() {}

    /** The most similar candidate, when no more than a quarter of the characters differ. */
    static Optional<String> of(String written, Collection<String> candidates) {
        int tolerated = Math.max(1, written.length() / 4);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - written.length()) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)))
                .filter(candidate -> distance(written, candidate) <= tolerated);
    }

    /** Levenshtein's: the least number of characters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

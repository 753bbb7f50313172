package io.gatehouse.core.tally;

import io.gatehouse.core.tally.TallySnapshot.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts in the order in which they are shown: most first, equal ones by name. */
final class Ranking {
    private static final Comparator<Count> ORDER =
            Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value);

    private Ranking() {}

    static List<Count> of(List<Count> counts) {
        return counts.stream().sorted(ORDER).toList();
    }

    /** Adds up what lists have in common. */
    static List<Count> merge(List<List<Count>> lists) {
        Map<String, Long> sums = new TreeMap<>();
        lists.forEach(counts -> counts.forEach(count -> sums.merge(count.value(), count.count(), Long::sum)));
        List<Count> merged = new ArrayList<>(sums.size());
        sums.forEach((value, count) -> merged.add(new Count(value, count)));
        return of(merged);
    }
}

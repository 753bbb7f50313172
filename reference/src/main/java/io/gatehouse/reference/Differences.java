package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts all differences, and keeps the first. */
public final class Differences {
    private final int mostKept;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<String> kept = new ArrayList<>();

    /** @param mostKept how many are kept in words; all are counted */
    public Differences(int mostKept) {
        this.mostKept = mostKept;
    }

    /**
     * Adds one.
     *
     * @param where a record, or what else differs
     * @param what is different about it
     */
    public void add(Kind kind, String where, String what) {
        counts.merge(kind, 1L, Long::sum);
        if (kept.size() < mostKept) {
            kept.add(kind + " " + where + ": " + what);
        }
    }

    /** The same so far, to be added to alone. */
    public Differences copy() {
        Differences copy = new Differences(mostKept);
        copy.counts.putAll(counts);
        copy.kept.addAll(kept);
        return copy;
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<Kind, Long> counts() {
        return new EnumMap<>(counts);
    }

    List<String> kept() {
        return List.copyOf(kept);
    }
}

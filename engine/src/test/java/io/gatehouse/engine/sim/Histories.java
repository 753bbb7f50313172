package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Runs many histories of one kind. A failure names its seed; {@code -Dgatehouse.history.seed=N} runs that one alone. */
final class Histories {
    private static final int MOST_TO_FIND_A_FLAW = 1500;

    private final String kind;
    private final LongFunction<History> histories;

    /** @param kind as failures name it */
    Histories(String kind, LongFunction<History> histories) {
        this.kind = kind;
        this.histories = histories;
    }

    /** Runs so many from a seed that is another each time, or those of {@code -Dgatehouse.histories}. */
    void run(int count) {
        Long only = Long.getLong("gatehouse.history.seed");
        if (only != null) {
            run(only, only + 1);
            return;
        }
        long first = System.nanoTime();
        System.out.println(kind + " histories from seed " + first);
        run(first, first + Integer.getInteger("gatehouse.histories", count));
    }

    /** @throws AssertionError when one ends otherwise than it must, or holds a partition back on the way */
    void run(long firstSeed, long endSeed) {
        for (long seed = firstSeed; seed < endSeed; seed++) {
            try {
                History history = histories.apply(seed);
                history.run();
                assertThat(history.refusals()).isEmpty();
                assertThat(history.differences()).as("ledgers that differ").isEmpty();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(kind + " history " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** What happens to workers in the first so many. */
    Set<String> witnessed(int count) {
        Set<String> witnessed = new TreeSet<>();
        for (long seed = 0; seed < count; seed++) {
            History history = histories.apply(seed);
            history.run();
            witnessed.addAll(history.witnessed());
        }
        return witnessed;
    }

    /** Whether one of them ends otherwise than it must. */
    boolean findOut() {
        return LongStream.range(0, MOST_TO_FIND_A_FLAW).anyMatch(seed -> {
            try {
                histories.apply(seed).run();
                return false;
            } catch (AssertionError found) {
                return true;
            }
        });
    }

    /** Whether a ledger differs in one of them, whatever else is found out. */
    boolean differ() {
        return LongStream.range(0, MOST_TO_FIND_A_FLAW).anyMatch(seed -> {
            History history = histories.apply(seed);
            try {
                history.run();
            } catch (AssertionError found) {
                // The ledger must tell by itself.
            }
            return !history.differences().isEmpty();
        });
    }

    /** Whether a partition is held back in one of them. */
    boolean refuse() {
        return LongStream.range(0, MOST_TO_FIND_A_FLAW).anyMatch(seed -> {
            History history = histories.apply(seed);
            history.run();
            return !history.refusals().isEmpty();
        });
    }
}

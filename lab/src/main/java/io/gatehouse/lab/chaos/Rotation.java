package io.gatehouse.lab.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes next, and when: in rounds, each of which has every fault as often as its share, in an order that depends
 * on the seed alone. So no kind waits longer than two rounds.
 */
final class Rotation {
    private static final Duration SHORTEST = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final List<Fault> faults;
    private final Random chance;
    private final Deque<Fault> round = new ArrayDeque<>();

    /** @param faults at least one */
    Rotation(List<Fault> faults, long seed) {
        this.faults = List.copyOf(faults);
        this.chance = new Random(seed);
    }

    Fault next() {
        if (round.isEmpty()) {
            List<Fault> all = new ArrayList<>();
            faults.forEach(fault -> all.addAll(Collections.nCopies(fault.share(), fault)));
            Collections.shuffle(all, chance);
            round.addAll(all);
        }
        return round.remove();
    }

    /** From the beginning of one fault to that of the next, if it is over by then. */
    Duration distance() {
        return SHORTEST.plusMillis(chance.nextInt((int) LONGEST.minus(SHORTEST).toMillis()));
    }
}

package io.gatehouse.lab.kill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Which worker is killed when. */
final class KillPlan {
    /** So early that the first workers may still be starting, so late that the last events are on their way. */
    private static final double FIRST = 0.05;

    private static final double LAST = 0.98;

    /**
     * @param worker the worker's number, from 0
     * @param atEvent when so many events have been generated
     */
    record Kill(int worker, long atEvent) {}

    private KillPlan() {}

    /** Each worker as often as said, at moments that depend on the seed alone, in order. */
    static List<Kill> of(long seed, int workers, int killsOfEach, long events) {
        SplittableRandom chance = new SplittableRandom(seed);
        List<Kill> kills = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            for (int i = 0; i < killsOfEach; i++) {
                kills.add(new Kill(worker, (long) (events * chance.nextDouble(FIRST, LAST))));
            }
        }
        kills.sort(Comparator.comparingLong(Kill::atEvent));
        return kills;
    }
}

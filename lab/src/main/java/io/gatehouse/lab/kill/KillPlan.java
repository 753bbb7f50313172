package io.gatehouse.lab.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Which worker is killed when. */
final class KillPlan {
    /** So early that the first workers may still be starting, so late that there still is work for who comes after. */
    private static final double FIRST = 0.02;

    private static final double LAST = 0.9;
    /** The others are killed wherever they are: starting, joining the group, restoring. */
    private static final double AT_WORK = 0.75;

    private static final int LONGEST_AFTER_MS = 500;

    /**
     * @param worker the worker's number, from 0
     * @param atEvent not before so many events have been generated
     * @param atWork not before the worker has begun to work in its present life
     * @param after how long after both
     */
    record Kill(int worker, long atEvent, boolean atWork, Duration after) {}

    private KillPlan() {}

    /** Each worker as often as said, at moments that depend on the seed alone, in order. */
    static List<Kill> of(long seed, int workers, int killsOfEach, long events) {
        SplittableRandom chance = new SplittableRandom(seed);
        List<Kill> kills = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            for (int i = 0; i < killsOfEach; i++) {
                kills.add(new Kill(
                        worker,
                        (long) (events * chance.nextDouble(FIRST, LAST)),
                        chance.nextDouble() < AT_WORK,
                        Duration.ofMillis(chance.nextInt(LONGEST_AFTER_MS))));
            }
        }
        kills.sort(Comparator.comparingLong(Kill::atEvent));
        return kills;
    }
}

package io.gatehouse.lab.chaos;

import java.util.ArrayList;
import java.util.List;

/** All faults that there are. */
final class Faults {
    /** So many seconds' worth of traffic at once. */
    private static final int BURST_SECONDS = 15;

    private Faults() {}

    static List<Fault> all(double rate) {
        List<Fault> all = new ArrayList<>(WorkerFaults.all());
        all.addAll(BrokerFaults.all());
        all.addAll(PlacesFaults.all());
        all.addAll(TopicFaults.all());
        all.add(new Fault("burst", "the traffic of " + BURST_SECONDS + " s at once", 1, scene -> {
            scene.traffic().hurry((long) (rate * BURST_SECONDS));
            return scene.recoverySince(System.nanoTime());
        }));
        return List.copyOf(all);
    }
}

package io.gatehouse.lab.chaos;

import io.gatehouse.lab.cluster.Cluster;
import io.gatehouse.reference.Places;
import java.nio.file.Path;

/** Makes pipelines of their own beside the one that has to survive, on the same brokers. */
final class Sides {
    private final Cluster cluster;
    private final Places places;
    private final Path logs;
    private final long seed;
    private int begun;

    Sides(Cluster cluster, Places places, Path logs, long seed) {
        this.cluster = cluster;
        this.places = places;
        this.logs = logs;
        this.seed = seed;
    }

    /** One that has worked off its first traffic, and was checked. */
    Side begin() throws InterruptedException {
        begun++;
        Side side = new Side(cluster, places, logs, "side-" + begun, seed + begun);
        try {
            side.work();
            return side;
        } catch (RuntimeException | InterruptedException e) {
            side.close();
            throw e;
        }
    }
}

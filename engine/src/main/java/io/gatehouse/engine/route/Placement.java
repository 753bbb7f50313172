package io.gatehouse.engine.route;

import org.apache.kafka.common.utils.Utils;

/** Kafka's default partitioner: where a user's logins belong. */
public final class Placement {
    private Placement() {}

    /** The partition of a user among so many. */
    public static int of(byte[] userId, int partitions) {
        return Utils.toPositive(Utils.murmur2(userId)) % partitions;
    }
}

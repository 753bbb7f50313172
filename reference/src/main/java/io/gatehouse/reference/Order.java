package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Record;
import java.util.HashMap;
import java.util.Map;

/** Whether the events of each user come out in the order in which they are judged. */
final class Order {
    private final Differences differences;
    private final Map<String, Latest> latestOfUser = new HashMap<>();

    /** A user's latest event: where it was judged, and where it came out. */
    private record Latest(Lane lane, long position, int partition, long arrival, String source) {}

    Order(Differences differences) {
        this.differences = differences;
    }

    /**
     * Takes an event of which both is known; of one user, in whatever order that has come to be known.
     *
     * @param position its place in the lane
     * @param output as what it came out
     * @param arrival the output's place among all others
     * @param source the input record, in words
     */
    void check(String userId, Lane lane, long position, Record output, long arrival, String source) {
        Latest latest = latestOfUser.get(userId);
        if (latest != null && latest.lane != lane) {
            differences.add(
                    Kind.ORDER, source, userId + " is judged in another partition than " + latest.source + " was");
        } else if (latest != null && latest.partition != output.partition()) {
            differences.add(
                    Kind.ORDER,
                    Checker.where(output),
                    userId + " has an earlier event in partition " + latest.partition + ", so that no order holds");
        } else if (latest != null && (latest.position < position) != (latest.arrival < arrival)) {
            differences.add(
                    Kind.ORDER,
                    Checker.where(output),
                    source + " of " + userId + " is out of order with " + latest.source);
            return;
        }
        latestOfUser.put(userId, new Latest(lane, position, output.partition(), arrival, source));
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.engine.cluster.Cluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks now and then whether the topics are still those that the work began with. A topic that was deleted and created
 * again has other records under the same offsets, and nothing in what a consumer reads says so.
 */
final class TopicWatch {
    /** For no longer are logins judged by a memory that is not theirs. */
    static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);

    private final Cluster cluster;
    private final String input;
    private final boolean mayGrow;
    private final Map<String, Cluster.Topic> known = new HashMap<>();
    private final List<String> names;
    private final Map<String, CompletableFuture<Cluster.Topic>> questions = new HashMap<>();
    private long lookedNs;

    /**
     * @param input the topic read, and as what it was found
     * @param mayGrow whether partitions may be added to it
     * @param others topics that the work rests on besides; as what they are found first, they must stay
     */
    TopicWatch(Cluster cluster, String input, Cluster.Topic found, boolean mayGrow, List<String> others, long nowNs) {
        this.cluster = cluster;
        this.input = input;
        this.mayGrow = mayGrow;
        this.names = others;
        this.lookedNs = nowNs - INTERVAL_NS;
        known.put(input, found);
    }

    /**
     * Called with each turn; asks when it is time, and hears what has been answered.
     *
     * @throws Refusal when a topic is another one, or none any more
     */
    void look(long nowNs) {
        if (nowNs - lookedNs >= INTERVAL_NS) {
            lookedNs = nowNs;
            questions.computeIfAbsent(input, cluster::topic);
            names.forEach(name -> questions.computeIfAbsent(name, cluster::topic));
        }
        for (String name : List.copyOf(questions.keySet())) {
            if (questions.get(name).isDone()) {
                hear(name, questions.remove(name));
            }
        }
    }

    private void hear(String name, CompletableFuture<Cluster.Topic> answer) {
        Cluster.Topic now;
        try {
            now = answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw Preflight.missing(name);
            }
            // An outage is said by those whom it stops; this is asked again.
            return;
        }
        Cluster.Topic before = known.putIfAbsent(name, now);
        if (before == null) {
            return;
        }
        if (before.idHigh() != now.idHigh() || before.idLow() != now.idLow()) {
            throw new Refusal("the topic " + name + " was deleted and created again while it was worked on. "
                    + Trouble.START_AFRESH);
        }
        if (before.partitions() != now.partitions() && !(mayGrow && name.equals(input))) {
            throw grown(name);
        }
    }

    /** What to say of a topic that must not have grown. */
    static Refusal grown(String name) {
        return new Refusal("partitions were added to the topic " + name
                + " while it was worked on: users may have moved away from their memory. " + Trouble.START_AFRESH);
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.engine.cluster.Cluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Whether the group's coordinator still answers. While no logins come there is nothing to commit, and a poll of a broker
 * that is away brings nothing, as a poll of an idle one does: so it is asked.
 *
 * <p>A question has failed when Kafka's client has given it up: after {@code kafka.admin.default.api.timeout.ms}, with all
 * its tries.
 */
final class Contact {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);

    private final Cluster cluster;
    private CompletableFuture<List<String>> question;
    private long askedNs;
    private String trouble;

    /** @param nowNs when contact was had last */
    Contact(Cluster cluster, long nowNs) {
        this.cluster = cluster;
        this.askedNs = nowNs;
    }

    /** Called with each turn; asks when it is time, and hears what has been answered. */
    void look(long nowNs) {
        if (question == null && nowNs - askedNs >= INTERVAL_NS) {
            askedNs = nowNs;
            question = cluster.members();
        }
        if (question != null && question.isDone()) {
            trouble = hear(question);
            question = null;
        }
    }

    private static String hear(CompletableFuture<List<String>> answer) {
        try {
            answer.join();
            return null;
        } catch (CompletionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                // Who may not ask is answered, too.
                return null;
            }
            if (e.getCause() instanceof TimeoutException) {
                // Without the client's own words, which differ each time: the same trouble is not said again and again.
                return Trouble.describe(new TimeoutException("no word from the group's coordinator"));
            }
            return Trouble.describe(e.getCause());
        }
    }

    /** Why there is no contact; null while there is. */
    String trouble() {
        return trouble;
    }
}

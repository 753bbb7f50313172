package io.gatehouse.engine.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that former owners of a partition left open on its journal, once they have held things up for a
 * while. Only those are ended that are ours by name.
 */
public final class FormerOwners {
    private static final Logger LOG = LoggerFactory.getLogger(FormerOwners.class);

    /** How long a dead owner's transaction may hold things up before it is fenced; a living one needs less to commit. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final Cluster cluster;
    private final String prefix;
    private final TopicPartition state;
    private CompletableFuture<List<Cluster.OpenTransaction>> open;
    private long lastProgressNs;

    public FormerOwners(Cluster cluster, String applicationId, TopicPartition state, long nowNs) {
        this.cluster = cluster;
        this.prefix = applicationId + "-";
        this.state = state;
        this.lastProgressNs = nowNs;
    }

    /** Nothing held things up until now. */
    public void progressed(long nowNs) {
        lastProgressNs = nowNs;
    }

    /** Forgets a question that is not answered yet. */
    public void begin() {
        open = null;
    }

    /**
     * Called again and again while something holds things up.
     *
     * @return the name of a transaction in the way that is not Gatehouse's and is left alone
     * @throws java.util.concurrent.CompletionException when the cluster does not tell what is open
     */
    public Optional<String> breakUp(long nowNs) {
        Optional<String> foreign = Optional.empty();
        if (open != null && open.isDone()) {
            List<Cluster.OpenTransaction> found = open.join();
            open = null;
            lastProgressNs = nowNs;
            for (Cluster.OpenTransaction transaction : found) {
                if (transaction.transactionalId().startsWith(prefix)) {
                    end(transaction);
                } else {
                    foreign = Optional.of(transaction.transactionalId());
                }
            }
        } else if (open == null && nowNs - lastProgressNs > PATIENCE_NS) {
            open = cluster.openTransactions(state);
        }
        return foreign;
    }

    private void end(Cluster.OpenTransaction transaction) {
        LOG.info("ending the transaction {} that a former owner left open on {}", transaction.transactionalId(), state);
        cluster.fence(transaction.transactionalId());
    }
}

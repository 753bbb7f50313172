package io.gatehouse.lab.worker;

import io.gatehouse.lab.process.ProcessException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** What the broker knows of the workers' transactions: the way to see from outside what a worker is doing. */
public final class Transactions implements AutoCloseable {
    private static final long ANSWER_WITHIN_S = 30;
    /** The end of the id of a transaction that only says how the input is partitioned: whoever has it begins no work yet. */
    private static final String CHOICE = "-choice";

    private static final Set<TransactionState> WORKED =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.COMPLETE_COMMIT);

    private final Map<String, Object> settings;
    private Admin admin;

    /** @param kafka client settings */
    public Transactions(Map<String, Object> kafka) {
        settings = Map.copyOf(kafka);
        admin = Admin.create(settings);
    }

    /** Whether a transaction of this instance is open now. */
    public boolean isOpen(String instanceId) throws InterruptedException {
        return is(instanceId, Set.of(TransactionState.ONGOING));
    }

    /** Whether this instance has begun a transaction since it started: it owns partitions and works on them. */
    public boolean hasWorked(String instanceId) throws InterruptedException {
        return is(instanceId, WORKED);
    }

    private boolean is(String instanceId, Set<TransactionState> states) throws InterruptedException {
        return !ids(instanceId, states).isEmpty();
    }

    /** The transactional ids under which this instance has worked since it started. */
    public List<String> idsOf(String instanceId) throws InterruptedException {
        return ids(instanceId, WORKED);
    }

    private List<String> ids(String instanceId, Set<TransactionState> states) throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_WITHIN_S);
        while (true) {
            try {
                return admin
                        .listTransactions(new ListTransactionsOptions().filterStates(states))
                        .all()
                        .get(ANSWER_WITHIN_S, TimeUnit.SECONDS)
                        .stream()
                        .map(TransactionListing::transactionalId)
                        .filter(id -> id.contains("-" + instanceId + "-") && !id.endsWith(CHOICE))
                        .toList();
            } catch (ExecutionException | TimeoutException e) {
                if (System.nanoTime() - untilNs > 0) {
                    throw new ProcessException("the broker does not list its transactions: " + e, e);
                }
                // All brokers are asked, and a client that has seen one go and come back may be confused by it for
                // good.
                admin.close(Duration.ZERO);
                admin = Admin.create(settings);
            }
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

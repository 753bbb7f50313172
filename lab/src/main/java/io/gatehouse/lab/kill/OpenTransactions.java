package io.gatehouse.lab.kill;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;

/** Asks the broker whether a worker died in the middle of a transaction. */
final class OpenTransactions {
    private static final long ANSWER_WITHIN_S = 30;

    private OpenTransactions() {}

    /** Whether a transaction is open of this instance's. */
    static boolean of(Map<String, Object> kafka, String instanceId) throws InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            return admin
                    .listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                    .all()
                    .get(ANSWER_WITHIN_S, TimeUnit.SECONDS)
                    .stream()
                    .anyMatch(transaction -> transaction.transactionalId().contains("-" + instanceId + "-"));
        } catch (ExecutionException | TimeoutException e) {
            throw new KillException("the broker does not list its transactions: " + e, e);
        }
    }
}

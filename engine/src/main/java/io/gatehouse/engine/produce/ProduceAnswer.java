package io.gatehouse.engine.produce;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What has become of one record: the answer to its batch. */
final class ProduceAnswer implements Future<RecordMetadata> {
    /** Of a batch that is not acknowledged. */
    static final long UNKNOWN_OFFSET = -1;

    private static final long FOR_EVER_MS = TimeUnit.DAYS.toMillis(365);

    private final Batch batch;
    private final int record;

    ProduceAnswer(Batch batch, int record) {
        this.batch = batch;
        this.record = record;
    }

    @Override
    public RecordMetadata get() throws InterruptedException, ExecutionException {
        try {
            return get(FOR_EVER_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("nobody waits a year", e);
        }
    }

    @Override
    public RecordMetadata get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!batch.await(unit.toMillis(timeout))) {
            throw new TimeoutException("the batch for " + batch.partition() + " is not acknowledged yet");
        }
        if (batch.failure() != null) {
            throw new ExecutionException(batch.failure());
        }
        return batch.metadata(record);
    }

    @Override
    public boolean isDone() {
        return batch.isOver();
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}

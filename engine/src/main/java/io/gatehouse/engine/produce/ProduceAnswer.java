package io.gatehouse.engine.produce;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What has become of one record: the answer to its batch. */
record ProduceAnswer(Batch batch, int record) implements Future<RecordMetadata> {
    @Override
    public RecordMetadata get() throws InterruptedException, ExecutionException {
        return batch.metadata(batch.end().get(), record);
    }

    @Override
    public RecordMetadata get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return batch.metadata(batch.end().get(timeout, unit), record);
    }

    @Override
    public boolean isDone() {
        return batch.end().isDone();
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

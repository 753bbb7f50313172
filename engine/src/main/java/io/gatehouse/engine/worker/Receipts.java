package io.gatehouse.engine.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Counts the records of a topic that Kafka has acknowledged. Counted by the producer's thread, read by the worker's. */
final class Receipts {
    /** Of a topic that nothing was sent to. */
    static final Receipts NONE = new Receipts(failure -> {});

    private final AtomicInteger withValue = new AtomicInteger();
    private final AtomicInteger withoutValue = new AtomicInteger();
    private final Consumer<Exception> failures;
    private final Callback ofValue = (metadata, cause) -> count(withValue, cause);
    private final Callback ofNone = (metadata, cause) -> count(withoutValue, cause);

    /** @param failures told why a record was not taken; by any thread */
    Receipts(Consumer<Exception> failures) {
        this.failures = failures;
    }

    /** What is to be called with the answer to the record. */
    Callback of(ProducerRecord<byte[], byte[]> record) {
        return record.value() == null ? ofNone : ofValue;
    }

    private void count(AtomicInteger kind, Exception cause) {
        if (cause == null) {
            kind.incrementAndGet();
        } else {
            failures.accept(cause);
        }
    }

    int withValue() {
        return withValue.get();
    }

    int withoutValue() {
        return withoutValue.get();
    }

    int all() {
        return withValue() + withoutValue();
    }
}

package io.gatehouse.engine.produce;

import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Who writes, as brokers tell: an older epoch of the same id is refused.
 *
 * @param id of the transactional id's producers, given by its coordinator
 * @param epoch counts up whenever a producer begins or a transaction has to be given up
 */
record ProducerIdentity(long id, short epoch) {
    /** Before the coordinator has given one. */
    static final ProducerIdentity NONE =
            new ProducerIdentity(RecordBatch.NO_PRODUCER_ID, RecordBatch.NO_PRODUCER_EPOCH);
}

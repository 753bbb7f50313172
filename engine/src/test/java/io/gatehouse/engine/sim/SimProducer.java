package io.gatehouse.engine.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/** A transactional producer as {@code KafkaProducer} behaves: buffering, abortable errors, fatal errors, lost answers. */
final class SimProducer {
    private record Buffered(
            ProducerRecord<byte[], byte[]> record, Callback callback, CompletableFuture<RecordMetadata> answer) {}

    private final SimKafka kafka;
    private final String transactionalId;
    private final List<Buffered> buffer = new ArrayList<>();
    private int epoch;
    private boolean begun;
    private SimTransaction transaction;
    private KafkaException abortable;
    private KafkaException fatal;
    private boolean commitUnanswered;

    SimProducer(SimKafka kafka, String transactionalId) {
        this.kafka = kafka;
        this.transactionalId = transactionalId;
    }

    public void initTransactions() {
        kafka.pass(1);
        if (kafka.fault()) {
            throw new TimeoutException("simulated: no coordinator");
        }
        epoch = (int) kafka.initProducer(transactionalId)[1];
    }

    public void beginTransaction() {
        checkUsable();
        if (begun) {
            throw new IllegalStateException("a transaction is open");
        }
        begun = true;
        transaction = null;
    }

    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        checkUsable();
        CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
        buffer.add(new Buffered(record, callback, answer));
        if (kafka.random.nextInt(20) == 0) {
            flush();
        }
        return answer;
    }

    private void checkUsable() {
        if (commitUnanswered) {
            throw new IllegalStateException("the commit was not answered and must be asked for again");
        }
        if (fatal != null) {
            throw new KafkaException("in a fatal state", fatal);
        }
        if (abortable != null) {
            throw new KafkaException("must be aborted", abortable);
        }
    }

    private void flush() {
        List<Buffered> batch = List.copyOf(buffer);
        buffer.clear();
        for (Buffered sent : batch) {
            try {
                if (abortable != null || fatal != null) {
                    throw new KafkaException("the transaction failed before");
                }
                if (kafka.fault() && kafka.random.nextInt(20) == 0) {
                    abortable = new KafkaException("simulated: a batch expired");
                    throw abortable;
                }
                write(sent);
            } catch (ProducerFencedException e) {
                fatal = e;
                fail(sent, e);
            } catch (KafkaException e) {
                fail(sent, e);
            }
        }
    }

    private static void fail(Buffered sent, KafkaException e) {
        sent.answer().completeExceptionally(e);
        sent.callback().onCompletion(null, e);
    }

    private void write(Buffered sent) {
        ProducerRecord<byte[], byte[]> record = sent.record();
        if (kafka.flaws.lostResults() && !record.topic().endsWith("-state") && kafka.random.nextInt(100) == 0) {
            return;
        }
        TopicPartition partition = new TopicPartition(record.topic(), partitionOf(record));
        open();
        SimLog log = kafka.log(partition);
        transaction.touched.put(partition, log);
        long offset = log.append(
                new SimLog.Entry(transaction, record.key(), record.value(), record.headers(), kafka.wallMs(), false));
        RecordMetadata metadata = new RecordMetadata(partition, offset, 0, kafka.wallMs(), 0, 0);
        sent.answer().complete(metadata);
        sent.callback().onCompletion(metadata, null);
    }

    /** Writes something and goes away without ending the transaction. */
    void leaveOpenOn(TopicPartition partition) {
        beginTransaction();
        write(new Buffered(
                new ProducerRecord<>(partition.topic(), partition.partition(), null, new byte[1]),
                (metadata, exception) -> {},
                new CompletableFuture<>()));
    }

    private void open() {
        SimTransaction current = kafka.transaction(transactionalId, epoch);
        if (transaction != null && transaction != current) {
            throw new ProducerFencedException("the transaction was ended by the coordinator");
        }
        transaction = current;
    }

    private int partitionOf(ProducerRecord<byte[], byte[]> record) {
        if (record.partition() != null) {
            return record.partition();
        }
        int partitions = kafka.partitions(record.topic());
        return record.key() == null
                ? kafka.random.nextInt(partitions)
                : Utils.toPositive(Utils.murmur2(record.key())) % partitions;
    }

    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata member) {
        checkUsable();
        kafka.perhapsStall();
        kafka.pass(kafka.random.nextInt(3));
        if (kafka.random.nextBoolean()) {
            flush();
            if (abortable != null || fatal != null) {
                throw new KafkaException("a record could not be sent", fatal == null ? abortable : fatal);
            }
        }
        if (kafka.fault()) {
            abortable = new KafkaException("simulated: offsets not taken");
            throw new TimeoutException("simulated: offsets not taken");
        }
        if (!kafka.flaws.unfencedOffsets()
                && !kafka.group(member.groupId()).accepts(member.memberId(), member.generationId())) {
            abortable = new KafkaException("the group has moved on");
            kafka.witness("offsets refused by the group");
            throw new CommitFailedException("the group has moved on");
        }
        try {
            open();
        } catch (ProducerFencedException e) {
            fatal = e;
            throw e;
        }
        transaction.offsets.putAll(offsets);
    }

    public void commitTransaction() {
        if (!commitUnanswered) {
            checkUsable();
            flush();
            if (abortable != null || fatal != null) {
                throw new KafkaException("a record could not be sent", fatal == null ? abortable : fatal);
            }
        }
        kafka.perhapsStall();
        kafka.pass(kafka.random.nextInt(5));
        if (kafka.fault()) {
            commitUnanswered = true;
            kafka.witness("request for commit lost");
            throw new TimeoutException("simulated: the request for commit was lost");
        }
        end(SimTransaction.Fate.COMMITTED);
        if (kafka.fault()) {
            commitUnanswered = true;
            kafka.witness("answer to commit lost");
            throw new TimeoutException("simulated: the answer to the commit was lost");
        }
        commitUnanswered = false;
        begun = false;
    }

    public void abortTransaction() {
        if (commitUnanswered) {
            throw new IllegalStateException("the commit was not answered and must be asked for again");
        }
        if (fatal != null) {
            throw new KafkaException("in a fatal state", fatal);
        }
        buffer.forEach(sent -> fail(sent, new KafkaException("aborted")));
        buffer.clear();
        if (transaction != null) {
            end(SimTransaction.Fate.ABORTED);
            kafka.witness("transaction aborted by its producer");
        }
        abortable = null;
        begun = false;
    }

    private void end(SimTransaction.Fate fate) {
        try {
            if (transaction != null) {
                kafka.endTransaction(transactionalId, epoch, transaction, fate);
            }
        } catch (ProducerFencedException e) {
            fatal = e;
            commitUnanswered = false;
            throw e;
        }
    }

    public void close(Duration timeout) {
        buffer.forEach(sent -> fail(sent, new KafkaException("closed")));
        buffer.clear();
    }
}

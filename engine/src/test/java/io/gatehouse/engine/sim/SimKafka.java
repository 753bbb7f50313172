package io.gatehouse.engine.sim;

import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.worker.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The cluster: logs, the transaction coordinator, the groups, the clock, and the dice. */
final class SimKafka implements Cluster, Ticker {
    private static final class Coordinated {
        long producerId;
        int epoch;
        SimTransaction current;
    }

    /** The end of a process: nothing in it gets to run any more. */
    static final class Killed extends Error {}

    /** An answer on its way. */
    private record Pending(Runnable deliver) {}

    final Random random;
    final Flaws flaws;
    /** The one that reads the input. */
    final SimGroup group;

    /** By the topic that they read; each has its name. */
    private final Map<String, SimGroup> groups = new LinkedHashMap<>();

    private final Map<TopicPartition, SimLog> logs = new LinkedHashMap<>();
    private final Map<String, Integer> topics = new HashMap<>();
    private final Map<String, Coordinated> producers = new LinkedHashMap<>();
    private final List<SimTransaction> ending = new ArrayList<>();
    private final List<SimTransaction> all = new ArrayList<>();
    private final Deque<Pending> answers = new ArrayDeque<>();
    private long nowMs = 1_700_000_000_000L;
    private long producerIds;
    private long generation;
    private final long transactionTimeoutMs;
    /** Chance of a fault in each exchange, in 1/1000. */
    private int faultRate;

    private boolean sparing;

    private final Set<String> witnessed = new TreeSet<>();
    private Runnable meanwhile = () -> {};

    SimKafka(Random random, Flaws flaws, String inputTopic, int partitions, List<String> otherTopics, int faultRate) {
        this.random = random;
        this.flaws = flaws;
        this.faultRate = faultRate;
        this.transactionTimeoutMs = 2_000 + random.nextInt(60_000);
        List<String> names = new ArrayList<>(otherTopics);
        names.add(inputTopic);
        for (String topic : names) {
            topics.put(topic, partitions);
            for (int i = 0; i < partitions; i++) {
                logs.put(new TopicPartition(topic, i), new SimLog());
            }
        }
        this.group = group(inputTopic);
    }

    /** The group that reads a topic; added partitions are dealt out when somebody joins or leaves. */
    SimGroup group(String topic) {
        return groups.computeIfAbsent(
                topic,
                read -> new SimGroup(random, () -> IntStream.range(0, topics.getOrDefault(read, 0))
                        .mapToObj(i -> new TopicPartition(read, i))
                        .toList()));
    }

    void rebalance() {
        groups.values().forEach(SimGroup::rebalance);
    }

    void calm() {
        faultRate = 0;
    }

    /** @param rate chance of a fault in each exchange, in 1/1000 */
    void trouble(int rate) {
        faultRate = rate;
    }

    /** Who asked is gone: no answer is delivered, and nothing that was asked for happens. */
    void forgetQuestions() {
        answers.clear();
    }

    /** From here on exchanges fail, but processes are neither killed nor stopped. */
    void spareProcesses() {
        sparing = true;
    }

    /** What the rest of the world does while a client is stopped in the middle of a call. */
    void meanwhile(Runnable rest) {
        meanwhile = rest;
    }

    /** Now and then a process is killed in the middle of a call, or stopped for so long that the others go on. */
    void perhapsStall() {
        if (faultRate > 0 && !sparing && random.nextInt(60) == 0) {
            if (random.nextBoolean()) {
                witness("killed in mid-call");
                throw new Killed();
            }
            witness("stalled in mid-call");
            meanwhile.run();
        }
    }

    /** Notes that something happened, so that a test can ask whether histories are harsh enough. */
    void witness(String event) {
        witnessed.add(event);
    }

    Set<String> witnessed() {
        return witnessed;
    }

    boolean fault() {
        return random.nextInt(1000) < faultRate;
    }

    SimLog log(TopicPartition partition) {
        return logs.get(partition);
    }

    /** Deletes and creates the topics again, as far as their ids tell. */
    void recreateTopics() {
        generation++;
    }

    void deleteTopic(String topic) {
        topics.remove(topic);
    }

    /** Adds a partition to a topic. */
    void addPartition(String topic) {
        logs.put(new TopicPartition(topic, topics.merge(topic, 1, Integer::sum) - 1), new SimLog());
    }

    int partitions(String topic) {
        return topics.get(topic);
    }

    @Override
    public long wallMs() {
        return nowMs;
    }

    @Override
    public long monotonicNs() {
        return nowMs * 1_000_000;
    }

    /** Lets time pass, and what is on its way arrive, some of it. */
    void pass(long ms) {
        nowMs += ms;
        groups.values().forEach(each -> each.expelSilent(nowMs));
        producers.values().stream()
                .filter(producer -> producer.current != null
                        && producer.current.isOpen()
                        && nowMs - producer.current.begunMs > transactionTimeoutMs)
                .toList()
                .forEach(producer -> {
                    producer.epoch++;
                    witness("transaction timed out");
                    end(producer, SimTransaction.Fate.ABORTED);
                });
        for (int i = random.nextInt(4); i > 0; i--) {
            deliverAnswer();
        }
        for (SimTransaction transaction : List.copyOf(ending)) {
            if (random.nextInt(3) > 0) {
                writeAMarker(transaction);
            }
        }
    }

    private void deliverAnswer() {
        Pending answer = answers.poll();
        if (answer != null) {
            answer.deliver().run();
        }
    }

    /** Writes one of a transaction's markers that are not yet written; offsets are one of them. */
    private void writeAMarker(SimTransaction transaction) {
        List<SimLog> open = transaction.touched.values().stream()
                .filter(log -> !transaction.isMarkedIn(log))
                .toList();
        int choice = random.nextInt(open.size() + 1);
        if (choice < open.size()) {
            SimLog log = open.get(choice);
            log.append(new SimLog.Entry(null, null, null, null, nowMs, true));
            transaction.mark(log);
        } else if (!transaction.areOffsetsApplied()) {
            transaction.applyOffsets();
            if (transaction.isCommitted()) {
                transaction.offsets.forEach(
                        (partition, offset) -> group(partition.topic()).apply(Map.of(partition, offset)));
            }
        }
        if (transaction.areOffsetsApplied()
                && transaction.touched.values().stream().allMatch(transaction::isMarkedIn)) {
            ending.remove(transaction);
        }
    }

    private void finishMarkers(SimTransaction transaction) {
        while (ending.contains(transaction)) {
            writeAMarker(transaction);
        }
    }

    // The transaction coordinator.

    /** Registers a producer: whatever its predecessor left open is aborted, whatever it left ending is ended. */
    long[] initProducer(String transactionalId) {
        Coordinated producer = producers.computeIfAbsent(transactionalId, id -> {
            Coordinated fresh = new Coordinated();
            fresh.producerId = producerIds++;
            return fresh;
        });
        producer.epoch++;
        if (producer.current != null && producer.current.isOpen()) {
            end(producer, SimTransaction.Fate.ABORTED);
        }
        if (producer.current != null) {
            finishMarkers(producer.current);
            producer.current = null;
        }
        return new long[] {producer.producerId, producer.epoch};
    }

    private Coordinated checked(String transactionalId, int epoch) {
        Coordinated producer = producers.get(transactionalId);
        if (producer.epoch != epoch) {
            witness("producer fenced");
            throw new ProducerFencedException("a newer producer has this id");
        }
        return producer;
    }

    SimTransaction transaction(String transactionalId, int epoch) {
        Coordinated producer = checked(transactionalId, epoch);
        if (producer.current == null || !producer.current.isOpen()) {
            if (producer.current != null) {
                finishMarkers(producer.current);
            }
            producer.current = new SimTransaction(transactionalId, producer.producerId, nowMs);
            all.add(producer.current);
        }
        return producer.current;
    }

    /** Ends the open transaction; asking again for the end that it has is no error. */
    void endTransaction(String transactionalId, int epoch, SimTransaction transaction, SimTransaction.Fate fate) {
        Coordinated producer = checked(transactionalId, epoch);
        if (transaction.isOpen()) {
            end(producer, fate);
        } else if (transaction.isCommitted() != (fate == SimTransaction.Fate.COMMITTED)) {
            throw new ProducerFencedException("the transaction has ended otherwise");
        }
    }

    private void end(Coordinated producer, SimTransaction.Fate fate) {
        producer.current.end(fate);
        ending.add(producer.current);
    }

    /** True when every record of a topic is committed as read and every transaction has come to its end everywhere. */
    boolean isDrained(String topic) {
        return ending.isEmpty()
                && all.stream().noneMatch(SimTransaction::isOpen)
                && logs.entrySet().stream()
                        .filter(log -> log.getKey().topic().equals(topic))
                        .allMatch(log -> isRead(log.getKey(), log.getValue()));
    }

    /** Behind the last record there may be markers, which nobody has a reason to commit. */
    private boolean isRead(TopicPartition partition, SimLog log) {
        OffsetAndMetadata committed = group(partition.topic()).committed(partition);
        for (long offset = committed == null ? 0 : committed.offset(); offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                return false;
            }
        }
        return true;
    }

    List<SimTransaction> transactions() {
        return all;
    }

    // What the engine asks of a cluster.

    private <T> CompletableFuture<T> later(Supplier<Optional<T>> answer) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        answers.add(new Pending(() -> attempt(promise, answer)));
        return promise;
    }

    private <T> void attempt(CompletableFuture<T> promise, Supplier<Optional<T>> answer) {
        if (fault()) {
            promise.completeExceptionally(new TimeoutException("simulated"));
            return;
        }
        answer.get().ifPresentOrElse(promise::complete, () -> answers.add(new Pending(() -> attempt(promise, answer))));
    }

    @Override
    public CompletableFuture<Topic> topic(String name) {
        if (!topics.containsKey(name)) {
            return CompletableFuture.failedFuture(new UnknownTopicOrPartitionException(name));
        }
        return CompletableFuture.completedFuture(new Topic(generation, name.hashCode(), partitions(name)));
    }

    @Override
    public CompletableFuture<Optional<Committed>> committed(TopicPartition partition) {
        return later(() -> {
            boolean pending = all.stream().anyMatch(transaction -> transaction.isPendingFor(partition));
            if (pending && !flaws.unstableOffsets()) {
                return Optional.empty();
            }
            return Optional.of(Optional.ofNullable(group(partition.topic()).committed(partition))
                    .map(found -> new Committed(found.offset(), found.metadata())));
        });
    }

    @Override
    public CompletableFuture<Long> startOffset(TopicPartition partition) {
        return later(() -> Optional.of(log(partition).startOffset()));
    }

    @Override
    public CompletableFuture<Long> endOffset(TopicPartition partition) {
        return later(() -> Optional.of(
                flaws.committedEnd()
                        ? log(partition).lastStableOffset()
                        : log(partition).endOffset()));
    }

    @Override
    public CompletableFuture<Long> stableEndOffset(TopicPartition partition) {
        return later(() -> Optional.of(log(partition).lastStableOffset()));
    }

    @Override
    public CompletableFuture<Long> offsetAt(TopicPartition partition, long timestampMs) {
        return later(() -> {
            SimLog log = log(partition);
            long offset = log.startOffset();
            while (offset < log.endOffset() && log.at(offset).timestampMs() < timestampMs) {
                offset++;
            }
            return Optional.of(offset);
        });
    }

    @Override
    public CompletableFuture<List<String>> members() {
        return later(() -> Optional.of(group.members()));
    }

    @Override
    public CompletableFuture<Void> grow(String topic, int partitions) {
        return later(() -> {
                    while (partitions(topic) < partitions) {
                        addPartition(topic);
                    }
                    return Optional.of(true);
                })
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<Void> trim(TopicPartition partition, long beforeOffset) {
        return later(() -> {
                    log(partition).trim(beforeOffset);
                    witness("journal trimmed");
                    return Optional.of(true);
                })
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<List<OpenTransaction>> openTransactions(TopicPartition partition) {
        return later(() -> Optional.of(all.stream()
                .filter(transaction -> transaction.isOpen() && transaction.touched.containsKey(partition))
                .map(transaction -> new OpenTransaction(transaction.transactionalId, transaction.producerId))
                .toList()));
    }

    @Override
    public CompletableFuture<Void> fence(String transactionalId) {
        return later(() -> {
                    initProducer(transactionalId);
                    witness("dead owner fenced");
                    return Optional.of(true);
                })
                .thenApply(done -> null);
    }

    @Override
    public void close() {}
}

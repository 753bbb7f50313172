package io.gatehouse.engine.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.lookup.LogReader;
import io.gatehouse.engine.lookup.Progress;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends dead letters back to where their originals came from, each exactly once:
 *
 * <ol>
 *   <li>the producer of replays is taken over, which ends what a former replay left open and keeps it from committing more;
 *   <li>the topic of replays is read to its end: what stands there has been replayed, whoever did it, and is left;
 *   <li>originals go to the input in transactions, each with a record in the topic of replays that says which they were.
 * </ol>
 *
 * So it may be killed at any moment and run again. A dry run looks and sends nothing. Call {@link #turn} until it returns
 * true, and wait {@link #pauseNs} between.
 */
public final class Replay implements AutoCloseable {
    /** Readers of the input wait for an open transaction: it is short. */
    private static final int MOST_LETTERS = 500;

    private static final int MOST_BYTES = 4 << 20;

    /** Enough to see what a patch does. */
    private static final int EXAMPLES = 3;

    /** How often an unanswered commit is asked for again. */
    private static final int COMMIT_QUESTIONS = 3;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final EngineSettings settings;
    private final ReplayOrder order;
    private final Cluster cluster;
    private final Clients clients;
    private final Ticker ticker;
    private final Progress progress;
    private final LogReader log;
    private final ReplayCounts counts = new ReplayCounts();
    private final List<Choice> examples = new ArrayList<>();
    private final Deque<Letter> read = new ArrayDeque<>();
    private final List<Choice> batch = new ArrayList<>();
    private final int batchLetters;
    private int batchBytes;

    private Producer<byte[], byte[]> producer;
    private Cluster.Topic deadLetters;
    private int logPartitions;
    private LetterReader letters;
    private Selection selection;
    private Instant runAt;
    private long begunNs;

    public Replay(
            EngineSettings settings,
            ReplayOrder order,
            Clients clients,
            Cluster cluster,
            Ticker ticker,
            Progress progress) {
        this.settings = settings;
        this.order = order;
        this.clients = clients;
        this.cluster = cluster;
        this.ticker = ticker;
        this.progress = progress;
        this.log = new LogReader(clients.stateConsumer(), cluster);
        // No more than a second's letters at once.
        this.batchLetters = order.lettersASecond() == 0 ? MOST_LETTERS : Math.min(MOST_LETTERS, order.lettersASecond());
    }

    public ReplayCounts counts() {
        return counts;
    }

    /** The first letters that are replayed, or would be. */
    public List<Choice> examples() {
        return List.copyOf(examples);
    }

    /** Records of the dead-letter topic that Gatehouse has not written. */
    public long foreign() {
        return letters.foreign();
    }

    /** How long to wait before the next turn, so that no more is sent than is allowed; nanoseconds. */
    public long pauseNs() {
        if (order.lettersASecond() == 0 || counts.sent() == 0) {
            return 0;
        }
        long dueNs = counts.sent() * TimeUnit.SECONDS.toNanos(1) / order.lettersASecond();
        return Math.max(0, begunNs + dueNs - ticker.monotonicNs());
    }

    /**
     * Does the next piece of work: one transaction at most.
     *
     * @return true when all is done
     * @throws Refusal when it cannot go on; what has been sent is committed and recorded
     * @throws KafkaException when the cluster does not answer or does not allow it; the same holds
     */
    public boolean turn() {
        if (letters == null) {
            begin();
        } else if (read.isEmpty() && letters.isDone()) {
            commit();
            return true;
        } else {
            work();
        }
        return false;
    }

    private void begin() {
        int inputPartitions = log.topic(settings.topics().input()).partitions();
        deadLetters = log.topic(settings.topics().deadLetters());
        ReplayLog replayed = order.execute() ? takeOver() : ReplayLog.committed(log, settings.replays(), deadLetters);
        selection = new Selection(order, settings, inputPartitions, replayed, counts);
        letters = new LetterReader(log, settings, order.filter(), progress);
        runAt = Instant.ofEpochMilli(ticker.wallMs());
        begunNs = ticker.monotonicNs();
    }

    /** What is read after the takeover is all that former replays have done and ever will have done. */
    private ReplayLog takeOver() {
        logPartitions = log.topic(settings.replays()).partitions();
        producer = clients.producer(settings.applicationId() + "-replay");
        producer.initTransactions();
        return ReplayLog.whole(log, settings.replays(), deadLetters);
    }

    private void work() {
        if (read.isEmpty()) {
            read.addAll(letters.next());
        }
        while (!read.isEmpty()) {
            selection.choose(read.poll(), ticker.wallMs()).ifPresent(this::take);
            if (batch.size() >= batchLetters || batchBytes >= MOST_BYTES) {
                commit();
                return;
            }
        }
    }

    private void take(Choice choice) {
        if (examples.size() < EXAMPLES) {
            examples.add(choice);
        }
        if (order.execute()) {
            batch.add(choice);
            batchBytes += choice.value() == null ? 0 : choice.value().length;
        }
    }

    private void commit() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            producer.beginTransaction();
            batch.forEach(choice -> send(original(choice)));
            records().forEach(this::send);
            commitTransaction();
        } catch (KafkaException e) {
            throw stopped(e);
        }
        counts.sent(batch.size());
        batch.clear();
        batchBytes = 0;
    }

    /** A record that cannot be sent makes the commit fail, with the reason. */
    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, failure) -> {});
    }

    private ProducerRecord<byte[], byte[]> original(Choice choice) {
        Letter letter = choice.letter();
        return new ProducerRecord<>(
                letter.dead().source().topic(),
                letter.dead().source().partition(),
                null,
                letter.dead().record().key(),
                choice.value(),
                letter.dead().headersToReplay());
    }

    /** One for each partition that the letters came from. */
    private List<ProducerRecord<byte[], byte[]>> records() {
        Map<Integer, List<Long>> offsets = batch.stream()
                .map(choice -> choice.letter().place())
                .collect(Collectors.groupingBy(
                        place -> place.partition(),
                        TreeMap::new,
                        Collectors.mapping(place -> place.offset(), Collectors.toList())));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        offsets.forEach((partition, of) -> records.add(record(partition, of)));
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(int partition, List<Long> offsets) {
        String topic = settings.topics().deadLetters();
        ReplayRecord record = new ReplayRecord(
                runAt,
                Instant.ofEpochMilli(ticker.wallMs()),
                order.by(),
                order.filter().words(),
                order.patch().words(),
                topic,
                ReplayLog.id(deadLetters),
                partition,
                OffsetRanges.of(offsets));
        return new ProducerRecord<>(
                settings.replays(),
                partition % logPartitions,
                (topic + "/" + partition).getBytes(UTF_8),
                record.toJson());
    }

    private void commitTransaction() {
        for (int question = 1; ; question++) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException e) {
                if (question == COMMIT_QUESTIONS) {
                    throw e;
                }
            }
        }
    }

    private Refusal stopped(KafkaException e) {
        if (isFenced(e) || isFenced(e.getCause())) {
            return new Refusal("another replay of the application " + settings.applicationId()
                    + " has begun, and this one has stopped after " + counts.sent()
                    + " letters. They are committed and recorded; the other one leaves them out");
        }
        return new Refusal("the replay has stopped after " + counts.sent() + " letters: "
                + Trouble.describe(e.getCause() instanceof KafkaException cause ? cause : e)
                + ". They are committed and recorded; run it again to go on, and none is sent twice");
    }

    private static boolean isFenced(Throwable e) {
        return e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException;
    }

    /** Aborts what is open. */
    @Override
    public void close() {
        log.close();
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }
}

package io.gatehouse.engine.worker;

import io.gatehouse.core.login.Decoder;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.Polling;
import io.gatehouse.engine.route.Sample;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.ChoiceSearch;
import io.gatehouse.engine.state.DamagedJournalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out the group's partitioning before anything is judged:
 *
 * <ol>
 *   <li>partition 0 of the state topic tells it, by a recorded choice or the blocks of the journal;
 *   <li>where there is none, and no other application has written results of the same input to the same topic, it is what
 *       the configuration says, or what a sample of the input calls for;
 *   <li>that is written, and the log is read again: of several instances that chose at the same moment, the first in the
 *       log has chosen for all.
 * </ol>
 *
 * Nothing here waits for long: a turn does what can be done now. Once it has failed or waits, it begins at the top again.
 */
public final class Chooser implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chooser.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration READER_CLOSE_TIMEOUT = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_PAUSE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long ANSWER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    /** A sample that takes longer is judged by what has come. */
    private static final long LONGEST_SAMPLE_NS = TimeUnit.SECONDS.toNanos(10);

    private enum Step {
        ASK_TOPICS,
        ASK_BOUNDS,
        READ,
        LOOK_FOR_RESULTS,
        ASK_INPUT_BOUNDS,
        READ_SAMPLE,
        WRITE,
        DONE
    }

    private final EngineSettings settings;
    private final Clients clients;
    private final Cluster cluster;
    private final Ticker ticker;
    private final TopicPartition state;
    private final Backoff pause = new Backoff(FIRST_PAUSE_NS, LONGEST_PAUSE_NS);

    private Step step = Step.ASK_TOPICS;
    private Consumer<byte[], byte[]> reader;
    private CompletableFuture<Cluster.Topic> stateTopic;
    private CompletableFuture<Cluster.Topic> inputTopic;
    private ChoiceSearch search;
    private List<CompletableFuture<Long>> inputStarts;
    private List<CompletableFuture<Long>> inputEnds;
    private EarlierResults earlierResults;
    private Sample sample;
    private long sampleBegunNs;
    private long askedNs;
    private Partitioning wanted;
    private Partitioning choice;
    private String why;
    private String trouble;
    private String lastSaid;
    private volatile WorkerStatus status;

    public Chooser(EngineSettings settings, Clients clients, Cluster cluster, Ticker ticker) {
        this.settings = settings;
        this.clients = clients;
        this.cluster = cluster;
        this.ticker = ticker;
        this.state = new TopicPartition(settings.topics().state(), 0);
        publish();
    }

    /** The group's partitioning; null until it is known. */
    public Partitioning choice() {
        return choice;
    }

    /** Why it is this one, in words; null until it is known. */
    public String why() {
        return why;
    }

    /** What it is doing, as a worker's: it stands in for them until they can begin. Safe to call from any thread. */
    public WorkerStatus status() {
        return status;
    }

    /**
     * Does what can be done now.
     *
     * @return false when there was nothing to do but wait
     */
    public boolean turn() {
        publish();
        if (choice != null || !pause.isOver(ticker.monotonicNs())) {
            return false;
        }
        Step before = step;
        try {
            go();
        } catch (CompletionException e) {
            later(Trouble.describe(e.getCause()));
        } catch (KafkaException | Refusal e) {
            later(Trouble.describe(e));
        } catch (DamagedJournalException e) {
            later("the state topic cannot be read: " + e.getMessage() + ". " + Trouble.START_AFRESH);
        }
        return step != before;
    }

    private void go() {
        switch (step) {
            case ASK_TOPICS -> askTopics();
            case ASK_BOUNDS -> askBounds();
            case READ -> read();
            case LOOK_FOR_RESULTS -> lookForResults();
            case ASK_INPUT_BOUNDS -> askInputBounds();
            case READ_SAMPLE -> readSample();
            case WRITE -> write();
            case DONE -> {}
        }
    }

    private void askTopics() {
        if (stateTopic == null) {
            stateTopic = cluster.topic(settings.topics().state());
            inputTopic = cluster.topic(settings.topics().input());
            askedNs = ticker.monotonicNs();
        }
        if (areAnswered(List.of(stateTopic, inputTopic))) {
            mustBeThere(stateTopic, settings.topics().state());
            mustBeThere(inputTopic, settings.topics().input());
            step = Step.ASK_BOUNDS;
        }
    }

    private static void mustBeThere(CompletableFuture<Cluster.Topic> topic, String name) {
        try {
            topic.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UnknownTopicOrPartitionException ? Preflight.missing(name) : e;
        }
    }

    private void askBounds() {
        if (search == null) {
            search = new ChoiceSearch(cluster, state);
            askedNs = ticker.monotonicNs();
        }
        if (areAnswered(search.questions())) {
            step = Step.READ;
        }
    }

    private void read() {
        if (!search.turn(reader())) {
            return;
        }
        Optional<Partitioning> found = search.found();
        if (found.isPresent()) {
            recorded(found.get());
        } else if (wanted != null) {
            step = Step.WRITE;
        } else {
            earlierResults = new EarlierResults(settings, clients, cluster);
            step = Step.LOOK_FOR_RESULTS;
        }
    }

    private void lookForResults() {
        if (!earlierResults.areNone(ticker.monotonicNs())) {
            return;
        }
        closeEarlierResults();
        if (settings.routing().partitioning() != Partitioning.AUTO) {
            want(settings.routing().partitioning(), "input.partitioning says so");
        } else if (inputTopic.join().partitions() == 1) {
            want(Partitioning.KEYED, "one partition has all of a user's logins");
        } else {
            step = Step.ASK_INPUT_BOUNDS;
        }
    }

    private void recorded(Partitioning recorded) {
        Partitioning configured = settings.routing().partitioning();
        if (configured != Partitioning.AUTO && configured != recorded) {
            throw new Refusal("input.partitioning is " + ChoiceRecord.word(configured) + ", but the group "
                    + settings.applicationId() + " works with " + ChoiceRecord.word(recorded)
                    + ", and its users are remembered where that has put them. Set it to "
                    + ChoiceRecord.word(recorded) + " or auto. " + Trouble.START_AFRESH);
        }
        choice = recorded;
        if (wanted != recorded) {
            why = "the group has been working with it";
        }
        trouble = null;
        step = Step.DONE;
        LOG.info("partitioning: {}; {}", ChoiceRecord.word(choice), why);
        publish();
        close();
    }

    private void want(Partitioning next, String reason) {
        wanted = next;
        why = reason;
        step = Step.WRITE;
    }

    private void askInputBounds() {
        if (inputEnds == null) {
            inputStarts = inputPartitions().stream().map(cluster::startOffset).toList();
            inputEnds = inputPartitions().stream().map(cluster::endOffset).toList();
            askedNs = ticker.monotonicNs();
        }
        if (areAnswered(inputStarts) && areAnswered(inputEnds)) {
            beginSample();
        }
    }

    /** @throws TimeoutException when they are not, and have been waited for long enough */
    private boolean areAnswered(List<? extends CompletableFuture<?>> questions) {
        boolean all = questions.stream().allMatch(CompletableFuture::isDone);
        if (!all && ticker.monotonicNs() - askedNs > ANSWER_TIMEOUT_NS) {
            throw new TimeoutException("no answer within " + TimeUnit.NANOSECONDS.toSeconds(ANSWER_TIMEOUT_NS) + " s");
        }
        return all;
    }

    private List<TopicPartition> inputPartitions() {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < inputTopic.join().partitions(); i++) {
            all.add(new TopicPartition(settings.topics().input(), i));
        }
        return all;
    }

    private void beginSample() {
        int partitions = inputEnds.size();
        long each = Math.max(1, Sample.MOST_RECORDS / partitions);
        List<Long> from = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            from.add(Math.max(inputStarts.get(i).join(), inputEnds.get(i).join() - each));
        }
        seek(inputPartitions(), from);
        sample = new Sample(
                new Decoder(settings.judge().maxEventBytes(), settings.judge().fieldNames()), partitions);
        sampleBegunNs = ticker.monotonicNs();
        step = Step.READ_SAMPLE;
    }

    private void readSample() {
        Polling.poll(reader, POLL).forEach(sample::take);
        List<TopicPartition> partitions = inputPartitions();
        boolean complete = true;
        for (int i = 0; i < partitions.size(); i++) {
            complete &= reader.position(partitions.get(i)) >= inputEnds.get(i).join();
        }
        if (complete || ticker.monotonicNs() - sampleBegunNs > LONGEST_SAMPLE_NS) {
            if (sample.isEmpty()) {
                later("for the first records of " + settings.topics().input()
                        + ", to see how they are keyed (input.partitioning is auto)");
            } else {
                want(sample.choice(), sample.why());
            }
        }
    }

    /** Read back at once: whether this or another instance's came first, and whether it came through, the log tells. */
    private void write() {
        Producer<byte[], byte[]> producer =
                clients.producer(settings.applicationId() + "-" + settings.instanceId() + "-choice");
        try {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(
                    new ProducerRecord<>(state.topic(), state.partition(), null, ChoiceRecord.of(wanted)),
                    (metadata, failure) -> {});
            producer.commitTransaction();
        } finally {
            producer.close(AT_ONCE);
        }
        beginAgain();
    }

    private Consumer<byte[], byte[]> reader() {
        if (reader == null) {
            reader = clients.stateConsumer();
        }
        return reader;
    }

    private void seek(List<TopicPartition> partitions, List<Long> offsets) {
        reader().assign(partitions);
        for (int i = 0; i < partitions.size(); i++) {
            reader.seek(partitions.get(i), offsets.get(i));
        }
    }

    private void later(String why) {
        if (!why.equals(lastSaid)) {
            LOG.warn("nothing is judged yet, Gatehouse waits: {}", why);
            lastSaid = why;
        }
        trouble = why;
        pause.failed(ticker.monotonicNs());
        beginAgain();
        publish();
    }

    private void closeEarlierResults() {
        if (earlierResults != null) {
            earlierResults.close();
            earlierResults = null;
        }
    }

    private void beginAgain() {
        closeEarlierResults();
        stateTopic = null;
        inputTopic = null;
        search = null;
        inputStarts = null;
        inputEnds = null;
        sample = null;
        step = Step.ASK_TOPICS;
    }

    /** Ends after a defect; the status says so until the process is restarted. */
    public void die(Throwable defect) {
        LOG.error("the choice of a partitioning ended by a defect", defect);
        trouble = "ended by a defect: " + defect;
        publish(WorkerState.DEAD);
    }

    private void publish() {
        publish(trouble == null ? WorkerState.STARTING : WorkerState.TROUBLED);
    }

    private void publish(WorkerState workerState) {
        status = new WorkerStatus(0, workerState, trouble, 0, 0, 0, ticker.monotonicNs());
    }

    /** Gives its clients up. */
    @Override
    public void close() {
        closeEarlierResults();
        if (reader != null) {
            reader.close(CloseOptions.timeout(READER_CLOSE_TIMEOUT));
            reader = null;
        }
    }
}

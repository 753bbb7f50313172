package io.gatehouse.engine.reset;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.FormerOwners;
import io.gatehouse.engine.reset.PartitionMove.Memory;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.FreshStart;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalWriter;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Moves a group's offsets and its users' memory together. It does so as any owner of partitions would:
 *
 * <ol>
 *   <li>the group must have no members; then the reset becomes its only one, and owns all partitions;
 *   <li>each partition is taken over: its stable offset, then its journal up to the end, transactions that former owners
 *       left open being ended;
 *   <li>one transaction writes the journals' new headers and commits the new offsets, under that membership. A member
 *       that joins in the middle makes it fail as a whole, or finds all of it done; a former one that comes back is fenced
 *       by the group as it always is;
 *   <li>what has been forgotten is deleted from the journals.
 * </ol>
 *
 * A dry run looks and does none of it. Nothing here waits for long: call {@link #turn} until it returns true.
 */
public final class Reset implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than a transaction that nobody may end takes to time out, and than any group takes to hand out partitions. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    /** How often an unanswered commit is asked for again. */
    private static final int COMMIT_QUESTIONS = 3;

    private static final String MARK = "gatehouse reset";

    private enum Step {
        ASK_TOPICS,
        JOIN,
        LOOK,
        READ,
        WRITE,
        TRIM,
        DONE
    }

    private final EngineSettings settings;
    private final Destination destination;
    private final boolean execute;
    private final Clients clients;
    private final Cluster cluster;
    private final Ticker ticker;
    private final Map<TopicPartition, Standing> standings = new LinkedHashMap<>();
    private final Map<TopicPartition, FormerOwners> formerOwners = new HashMap<>();
    private final Map<TopicPartition, Future<RecordMetadata>> freshBlocks = new HashMap<>();
    private final List<CompletableFuture<Void>> trims = new ArrayList<>();
    private final Membership membership = new Membership();

    private Step step = Step.ASK_TOPICS;
    private CompletableFuture<Cluster.Topic> inputTopic;
    private CompletableFuture<Cluster.Topic> stateTopic;
    private CompletableFuture<List<String>> members;
    private CompletableFuture<Void> growth;
    private Consumer<byte[], byte[]> member;
    private Consumer<byte[], byte[]> reader;
    private Producer<byte[], byte[]> producer;
    private List<PartitionMove> moves = List.of();
    private boolean trimmed = true;
    private long progressNs;

    /** @param execute false to look only */
    public Reset(
            EngineSettings settings,
            Destination destination,
            boolean execute,
            Clients clients,
            Cluster cluster,
            Ticker ticker) {
        this.settings = settings;
        this.destination = destination;
        this.execute = execute;
        this.clients = clients;
        this.cluster = cluster;
        this.ticker = ticker;
        this.progressNs = ticker.monotonicNs();
    }

    /** What is moved, or would be, once {@link #turn} has returned true. */
    public List<PartitionMove> moves() {
        return moves;
    }

    /** Who is in the group, each in words. */
    public List<String> members() {
        return members.join();
    }

    /** Partitions that the state topic lacks; {@link #turn} adds them when it executes. */
    public boolean isStateTooSmall() {
        return stateTopic.join().partitions() < inputTopic.join().partitions();
    }

    /** Whether all that was forgotten could be deleted; if not, it is void all the same, and takes room. */
    public boolean isTrimmed() {
        return trimmed;
    }

    /**
     * Does what can be done now.
     *
     * @return true when all is done
     * @throws NoSuchOffsetException when the destination is not there
     * @throws Refusal when it cannot be done; nothing has been changed then, unless the message says otherwise
     * @throws KafkaException when the cluster does not answer or does not allow it; nothing has been changed then
     */
    public boolean turn() {
        try {
            keepMembership();
            go();
        } catch (CompletionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException(e.getCause());
        }
        if (step != Step.DONE && ticker.monotonicNs() - progressNs > PATIENCE_NS) {
            throw new Refusal("nothing has moved for " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS) + " s: "
                    + waitsFor() + ". Nothing was changed.");
        }
        return step == Step.DONE;
    }

    private void go() {
        switch (step) {
            case ASK_TOPICS -> askTopics();
            case JOIN -> join();
            case LOOK -> look();
            case READ -> read();
            case WRITE -> write();
            case TRIM -> trim();
            case DONE -> {}
        }
    }

    private String waitsFor() {
        return switch (step) {
            case JOIN -> "the group " + settings.applicationId() + " does not hand out all its partitions";
            case LOOK, READ -> "a transaction on the state topic or on the group's offsets stays open";
            default -> "the cluster does not answer";
        };
    }

    private void progressed() {
        progressNs = ticker.monotonicNs();
    }

    private void next(Step following) {
        progressed();
        step = following;
    }

    private void askTopics() {
        if (inputTopic == null) {
            inputTopic = cluster.topic(settings.topics().input());
            stateTopic = cluster.topic(settings.topics().state());
            members = cluster.members();
        }
        if (!inputTopic.isDone() || !stateTopic.isDone() || !members.isDone()) {
            return;
        }
        int partitions = inputTopic.join().partitions();
        int journals = stateTopic.join().partitions();
        if (journals > partitions) {
            throw new Refusal("the topic " + settings.topics().input() + " has " + partitions
                    + " partitions, but its journal " + settings.topics().state() + " has " + journals
                    + ", and no topic can be made smaller. Delete the state topic, create it again with"
                    + " 'gatehouse topics create', and then reset.");
        }
        if (destination instanceof Destination.Offsets offsets) {
            offsets.byPartition().keySet().stream()
                    .filter(named -> named >= partitions)
                    .findFirst()
                    .ifPresent(named -> {
                        throw new NoSuchOffsetException("there is no partition " + named + ": the topic "
                                + settings.topics().input() + " has " + partitions);
                    });
        }
        for (int i = 0; i < partitions; i++) {
            TopicPartition input = new TopicPartition(settings.topics().input(), i);
            TopicPartition state = new TopicPartition(settings.topics().state(), i);
            standings.put(state, new Standing(input, state, i < journals, cluster, destination));
            formerOwners.put(state, new FormerOwners(cluster, settings.applicationId(), state, ticker.monotonicNs()));
        }
        if (execute) {
            refuseMembers(members.join());
            growStateTopic(partitions);
            next(Step.JOIN);
        } else {
            members.join();
            next(Step.LOOK);
        }
    }

    private void refuseMembers(List<String> present) {
        if (!present.isEmpty()) {
            throw new Refusal("the group " + settings.applicationId() + " has " + present.size()
                    + (present.size() == 1 ? " member (" : " members (") + String.join(", ", present)
                    + "). Stop all instances first; one that was killed is in the group until its session times out."
                    + " Nothing was changed.");
        }
    }

    private void growStateTopic(int partitions) {
        growth = stateTopic.join().partitions() < partitions
                ? cluster.grow(settings.topics().state(), partitions)
                : CompletableFuture.completedFuture(null);
    }

    /** Becomes the only member of the group: whoever joins now has to wait for partitions until this is over. */
    private void join() {
        if (!growth.isDone()) {
            return;
        }
        growth.join();
        if (member == null) {
            producer = clients.producer(settings.applicationId() + "-reset");
            producer.initTransactions();
            member = clients.inputConsumer();
            member.subscribe(List.of(settings.topics().input()), membership);
        } else if (member.assignment().size() == standings.size()) {
            membership.isWhole = true;
            next(Step.LOOK);
        }
    }

    private void keepMembership() {
        if (member != null && step != Step.DONE) {
            member.poll(POLL);
            if (membership.isBroken) {
                throw joinedMeanwhile();
            }
        }
    }

    private Refusal joinedMeanwhile() {
        return new Refusal("another member has joined the group " + settings.applicationId()
                + " meanwhile. Stop all instances and try again. Nothing was changed.");
    }

    private void look() {
        boolean all = true;
        for (Standing standing : standings.values()) {
            if (!standing.ask()) {
                all = false;
                breakUpWhatHangs(standing.state());
            }
        }
        if (all) {
            List<TopicPartition> toRead = standings.values().stream()
                    .filter(standing -> standing.journalStart() < standing.journalEnd())
                    .map(Standing::state)
                    .toList();
            if (!toRead.isEmpty()) {
                reader = clients.stateConsumer();
                reader.assign(toRead);
                toRead.forEach(state -> reader.seek(state, standings.get(state).journalStart()));
            }
            next(Step.READ);
        }
    }

    private void breakUpWhatHangs(TopicPartition state) {
        if (execute) {
            formerOwners.get(state).breakUp(ticker.monotonicNs()).ifPresent(foreign -> {
                throw new Refusal("the journal " + state + " waits for the open transaction " + foreign
                        + ", which is not Gatehouse's: end it, or wait for its timeout. Nothing was changed.");
            });
        }
    }

    private void read() {
        boolean all = true;
        if (reader != null) {
            for (ConsumerRecord<byte[], byte[]> block : reader.poll(POLL)) {
                TopicPartition state = new TopicPartition(block.topic(), block.partition());
                standings.get(state).take(block.offset(), block.value());
                formerOwners.get(state).progressed(ticker.monotonicNs());
                progressed();
            }
            for (TopicPartition state : reader.assignment()) {
                if (reader.position(state) < standings.get(state).journalEnd()) {
                    all = false;
                    breakUpWhatHangs(state);
                }
            }
        }
        if (all) {
            decide();
            next(execute ? Step.WRITE : Step.DONE);
        }
    }

    private void decide() {
        Cluster.Topic topic = inputTopic.join();
        refuseOtherPartitioning(topic);
        boolean everything = standings.values().stream().anyMatch(standing -> !standing.wasOf(topic.partitions()));
        List<PartitionMove> found = new ArrayList<>();
        for (Standing standing : standings.values()) {
            PartitionMove move = standing.move(topic, everything);
            if (move != null) {
                found.add(move);
            }
        }
        moves = found;
    }

    /** What is written begins with the group's choice, or becomes it. */
    private void refuseOtherPartitioning(Cluster.Topic topic) {
        Partitioning choice = standings.values().stream()
                .map(Standing::choice)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(
                        topic.partitions() == 1
                                ? Partitioning.KEYED
                                : settings.routing().partitioning());
        if (choice != Partitioning.KEYED) {
            throw new Refusal("input.partitioning is " + ChoiceRecord.word(choice) + " for the group "
                    + settings.applicationId()
                    + ", and only one that is keyed can be moved. Choose another application.id to"
                    + " start afresh. Nothing was changed.");
        }
    }

    private void write() {
        if (moves.stream().allMatch(PartitionMove::isStill)) {
            next(Step.DONE);
            return;
        }
        try {
            producer.beginTransaction();
            moves.stream().filter(move -> !move.isStill()).forEach(this::write);
            producer.sendOffsetsToTransaction(offsets(), member.groupMetadata());
        } catch (KafkaException e) {
            throw nothingChanged(e);
        }
        commit();
        next(Step.TRIM);
    }

    private void write(PartitionMove move) {
        TopicPartition state = new TopicPartition(settings.topics().state(), move.partition());
        Standing standing = standings.get(state);
        if (move.memory() == Memory.FORGOTTEN) {
            send(state, FreshStart.record());
        }
        byte[] block =
                new JournalWriter().finish(header(move, standing.lastHeader())).get(0);
        Future<RecordMetadata> answer = send(state, block);
        if (move.memory() == Memory.FORGOTTEN) {
            freshBlocks.put(state, answer);
        }
    }

    private Future<RecordMetadata> send(TopicPartition state, byte[] value) {
        return producer.send(
                new ProducerRecord<>(state.topic(), state.partition(), null, value), (metadata, exception) -> {});
    }

    private JournalHeader header(PartitionMove move, JournalHeader last) {
        Cluster.Topic topic = inputTopic.join();
        boolean keeps = move.memory() == Memory.KEPT;
        return new JournalHeader(
                move.to(),
                topic.idHigh(),
                topic.idLow(),
                topic.partitions(),
                last == null ? JournalHeader.KEYED : last.partitioning(),
                keeps ? last.eventTimeMs() : Long.MIN_VALUE,
                keeps ? last.settingsFingerprint() : JournalHeader.fingerprintOf(settings.judge()));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (PartitionMove move : moves) {
            if (!move.isStill()) {
                offsets.put(
                        new TopicPartition(settings.topics().input(), move.partition()),
                        new OffsetAndMetadata(move.to(), MARK));
            }
        }
        return offsets;
    }

    private void commit() {
        for (int question = 1; ; question++) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException e) {
                if (question == COMMIT_QUESTIONS) {
                    throw new Refusal("it is not known whether the reset was committed (" + Trouble.describe(e)
                            + "). It was, as a whole or not at all: look with a dry run before you try again.");
                }
            } catch (KafkaException e) {
                throw nothingChanged(e);
            }
        }
    }

    private RuntimeException nothingChanged(KafkaException e) {
        abort();
        Throwable reason = e instanceof CommitFailedException || e.getCause() == null ? e : e.getCause();
        if (reason instanceof CommitFailedException) {
            return joinedMeanwhile();
        }
        return new Refusal("the reset could not be committed: " + Trouble.describe(e) + ". Nothing was changed.");
    }

    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // Its timeout ends it.
        }
    }

    private void trim() {
        if (trims.isEmpty()) {
            freshBlocks.forEach((state, answer) -> trims.add(cluster.trim(state, offsetOf(answer))));
        }
        if (trims.stream().allMatch(CompletableFuture::isDone)) {
            trimmed = trims.stream().noneMatch(CompletableFuture::isCompletedExceptionally);
            next(Step.DONE);
        }
    }

    private static long offsetOf(Future<RecordMetadata> answer) {
        try {
            return answer.get().offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the record was committed and so was taken", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Leaves the group. */
    @Override
    public void close() {
        step = Step.DONE;
        if (member != null) {
            member.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
        if (reader != null) {
            reader.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }

    /** What the group says of our partitions. */
    private final class Membership implements ConsumerRebalanceListener {
        private boolean isWhole;
        private boolean isBroken;

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Nothing is read of them, and there may be no offset to begin at.
            member.pause(partitions);
            partitions.forEach(input -> member.seek(input, 0));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            isBroken |= isWhole;
        }
    }
}

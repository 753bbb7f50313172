package io.gatehouse.engine.reset;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.FormerOwners;
import io.gatehouse.engine.cluster.OffsetMark;
import io.gatehouse.engine.reset.PartitionMove.Memory;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.ChoiceSearch;
import io.gatehouse.engine.state.DamagedJournalException;
import io.gatehouse.engine.state.FreshStart;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalWriter;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
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
        READ_CHOICE,
        JOIN,
        LOOK,
        READ,
        WRITE,
        TRIM,
        DONE
    }

    private final EngineSettings settings;
    private final Destination destination;
    private final Partitioning requested;
    private final boolean execute;
    private final Group judging;
    private final Group routing;
    private final Cluster cluster;
    private final Ticker ticker;
    private final List<Ownership> ownerships = new ArrayList<>();
    private final Map<TopicPartition, Standing> journaled = new LinkedHashMap<>();
    private final Map<TopicPartition, FormerOwners> formerOwners = new HashMap<>();
    private final Map<TopicPartition, Future<RecordMetadata>> freshBlocks = new HashMap<>();
    private final List<CompletableFuture<Void>> trims = new ArrayList<>();

    private Step step = Step.ASK_TOPICS;
    private CompletableFuture<Cluster.Topic> inputTopic;
    private CompletableFuture<Cluster.Topic> stateTopic;
    private CompletableFuture<Cluster.Topic> byUserTopic;
    private CompletableFuture<List<String>> judges;
    private CompletableFuture<List<String>> routers;
    private ChoiceSearch choice;
    private CompletableFuture<Void> growth;
    private Consumer<byte[], byte[]> reader;
    private Producer<byte[], byte[]> producer;
    private Partitioning recorded;
    private Partitioning chosen;
    private Map<Ownership, List<PartitionMove>> moves = Map.of();
    private boolean trimmed = true;
    private long progressNs;

    /**
     * @param requested what the group's partitioning becomes; null to leave it as it is
     * @param execute false to look only
     * @param judging the group that judges
     * @param routing the group that routes, if the input is re-keyed
     */
    public Reset(
            EngineSettings settings,
            Destination destination,
            Partitioning requested,
            boolean execute,
            Group judging,
            Group routing,
            Ticker ticker) {
        this.settings = settings;
        this.destination = destination;
        this.requested = requested;
        this.execute = execute;
        this.judging = judging;
        this.routing = routing;
        this.cluster = judging.cluster();
        this.ticker = ticker;
        this.progressNs = ticker.monotonicNs();
    }

    /** What is moved in the input, or would be, once {@link #turn} has returned true. */
    public List<PartitionMove> moves() {
        return moves.get(ownerships.get(0));
    }

    /** What is moved in the topic between the stages; nothing where there is none. */
    public List<PartitionMove> movesByUser() {
        return ownerships.size() > 1 ? moves.get(ownerships.get(1)) : List.of();
    }

    /** The partitioning that the group has then. */
    public Partitioning chosen() {
        return chosen;
    }

    /** Whether that is another one than before. */
    public boolean changesPartitioning() {
        return recorded != null && recorded != chosen;
    }

    /** Who is in the groups, each in words. */
    public List<String> members() {
        List<String> all = new ArrayList<>(judges.join());
        all.addAll(routers.join());
        return all;
    }

    /** Whether the state topic lacks partitions; {@link #turn} adds them when it executes. */
    public boolean isStateTooSmall() {
        return remembers()
                && stateTopic.join().partitions()
                        < ownerships.get(ownerships.size() - 1).topic().partitions();
    }

    /** Whether there is nothing to do. */
    public boolean isStill() {
        return moves.values().stream().flatMap(List::stream).allMatch(PartitionMove::isStill);
    }

    /** Whether all that was forgotten could be deleted; if not, it is void all the same, and takes room. */
    public boolean isTrimmed() {
        return trimmed;
    }

    private boolean remembers() {
        return settings.judge().profileEnabled();
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
            if (step != Step.DONE) {
                ownerships.stream().filter(Ownership::isHeld).forEach(Ownership::hold);
            }
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
            case READ_CHOICE -> readChoice();
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
            case LOOK, READ, READ_CHOICE -> "a transaction on the state topic or on the group's offsets stays open";
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
            stateTopic =
                    remembers() ? cluster.topic(settings.topics().state()) : CompletableFuture.completedFuture(null);
            judges = judging.cluster().members();
            routers = routing.cluster().members();
        }
        if (inputTopic.isDone() && stateTopic.isDone() && judges.isDone() && routers.isDone()) {
            inputTopic.join();
            stateTopic.join();
            if (execute) {
                refuseMembers(members());
            }
            next(Step.READ_CHOICE);
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

    private void readChoice() {
        if (remembers() && !findRecorded()) {
            return;
        }
        if (chosen == null) {
            chosen = choose();
        }
        if (chosen == Partitioning.REKEY) {
            if (byUserTopic == null) {
                byUserTopic = cluster.topic(settings.routing().byUser());
            }
            if (!byUserTopic.isDone()) {
                return;
            }
        }
        own();
        if (execute) {
            growStateTopic();
            next(Step.JOIN);
        } else {
            next(Step.LOOK);
        }
    }

    /** @return false when it is not known yet whether something is recorded */
    private boolean findRecorded() {
        if (choice == null) {
            choice = new ChoiceSearch(
                    cluster, new TopicPartition(settings.topics().state(), 0));
            reader = judging.clients().stateConsumer();
        }
        if (!choice.turn(reader)) {
            return false;
        }
        recorded = recorded();
        return true;
    }

    /** Null when nothing is recorded. */
    private Partitioning recorded() {
        try {
            return choice.found().orElse(null);
        } catch (DamagedJournalException e) {
            if (requested != null || settings.routing().partitioning() != Partitioning.AUTO) {
                return requested != null ? requested : settings.routing().partitioning();
            }
            throw new Refusal("the state topic cannot be read (" + e.getMessage()
                    + "), and so it is not known how the group was partitioned: say it with --partitioning."
                    + " Nothing was changed.");
        }
    }

    private Partitioning choose() {
        if (!remembers()) {
            return Partitioning.KEYED;
        }
        if (requested != null) {
            return requested;
        }
        if (recorded != null) {
            return recorded;
        }
        if (settings.routing().partitioning() != Partitioning.AUTO) {
            return settings.routing().partitioning();
        }
        if (inputTopic.join().partitions() == 1) {
            return Partitioning.KEYED;
        }
        throw new Refusal("the group " + settings.applicationId()
                + " has not processed anything, and has not chosen how it is partitioned: say it with --partitioning."
                + " Nothing was changed.");
    }

    private void own() {
        String state = remembers() ? settings.topics().state() : null;
        int journals = remembers() ? stateTopic.join().partitions() : 0;
        Cluster.Topic input = inputTopic.join();
        String name = settings.topics().input();
        if (chosen == Partitioning.REKEY) {
            ownerships.add(new Ownership(routing, name, input, null, 0, true, destination));
            ownerships.add(new Ownership(
                    judging,
                    settings.routing().byUser(),
                    byUserTopic.join(),
                    state,
                    journals,
                    false,
                    new Destination.Latest()));
        } else {
            ownerships.add(new Ownership(judging, name, input, state, journals, false, destination));
        }
        refuseWhatIsNotThere(input);
        Ownership judged = ownerships.get(ownerships.size() - 1);
        if (journals > judged.topic().partitions()) {
            throw new Refusal("the topic " + judged.name() + " has "
                    + judged.topic().partitions()
                    + " partitions, but its journal " + state + " has " + journals
                    + ", and no topic can be made smaller. Delete the state topic, create it again with"
                    + " 'gatehouse topics create', and then reset. Nothing was changed.");
        }
        for (Standing standing : judged.standings()) {
            if (remembers()) {
                journaled.put(standing.state(), standing);
                formerOwners.put(
                        standing.state(),
                        new FormerOwners(cluster, settings.applicationId(), standing.state(), ticker.monotonicNs()));
            }
        }
    }

    private void refuseWhatIsNotThere(Cluster.Topic input) {
        if (destination instanceof Destination.Offsets offsets) {
            offsets.byPartition().keySet().stream()
                    .filter(named -> named >= input.partitions())
                    .findFirst()
                    .ifPresent(named -> {
                        throw new NoSuchOffsetException("there is no partition " + named + ": the topic "
                                + settings.topics().input() + " has " + input.partitions());
                    });
        }
    }

    private void growStateTopic() {
        growth = isStateTooSmall()
                ? cluster.grow(
                        settings.topics().state(),
                        ownerships.get(ownerships.size() - 1).topic().partitions())
                : CompletableFuture.completedFuture(null);
    }

    /** Becomes the only member of the group, or of both: whoever joins now has to wait until this is over. */
    private void join() {
        if (!growth.isDone()) {
            return;
        }
        growth.join();
        if (producer == null) {
            producer = judging.clients().producer(settings.applicationId() + "-reset");
            producer.initTransactions();
        }
        boolean all = true;
        for (Ownership ownership : ownerships) {
            all &= ownership.isHeld() || ownership.hold();
        }
        if (all) {
            next(Step.LOOK);
        }
    }

    /** One topic after another: what the first stage has committed for good lies in the second's topic before its end. */
    private void look() {
        for (Ownership ownership : ownerships) {
            boolean all = true;
            for (Standing standing : ownership.standings()) {
                if (!standing.ask()) {
                    all = false;
                    breakUpWhatHangs(standing.state());
                }
            }
            if (!all) {
                return;
            }
        }
        List<Standing> toRead = journaled.values().stream()
                .filter(standing -> standing.journalStart() < standing.journalEnd())
                .toList();
        if (reader != null) {
            reader.assign(toRead.stream().map(Standing::state).toList());
            toRead.forEach(standing -> reader.seek(standing.state(), standing.journalStart()));
        }
        next(Step.READ);
    }

    private void breakUpWhatHangs(TopicPartition state) {
        if (execute && state != null) {
            formerOwners.get(state).breakUp(ticker.monotonicNs()).ifPresent(foreign -> {
                throw new Refusal("the journal " + state + " waits for the open transaction " + foreign
                        + ", which is not Gatehouse's: end it, or wait for its timeout. Nothing was changed.");
            });
        }
    }

    private void read() {
        boolean all = true;
        if (reader != null && !reader.assignment().isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> block : reader.poll(POLL)) {
                TopicPartition state = new TopicPartition(block.topic(), block.partition());
                journaled.get(state).take(block.offset(), block.value());
                formerOwners.get(state).progressed(ticker.monotonicNs());
                progressed();
            }
            for (TopicPartition state : reader.assignment()) {
                if (reader.position(state) < journaled.get(state).journalEnd()) {
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
        Map<Ownership, List<PartitionMove>> found = new LinkedHashMap<>();
        Ownership first = ownerships.get(0);
        if (chosen == Partitioning.REKEY) {
            List<PartitionMove> inInput = first.moves(destination, false);
            found.put(first, inInput);
            Ownership second = ownerships.get(1);
            // A user's logins come from all partitions of the input: when one of them goes back, all users must, and
            // where it is not known how far one had come, it may.
            boolean anew = recorded != chosen
                    || first.hasLostItsPlace()
                    || second.hasOthersJournals()
                    || inInput.stream().anyMatch(move -> move.again() > 0);
            found.put(
                    second,
                    anew
                            ? second.moves(new Destination.Latest(), true)
                            : second.moves(new Destination.Offsets(Map.of()), false));
        } else {
            boolean everything = changesPartitioning()
                    || !first.standings().stream()
                            .allMatch(standing -> standing.wasOf(first.topic().partitions()));
            found.put(first, first.moves(destination, everything));
        }
        moves = found;
    }

    private void write() {
        if (isStill()) {
            next(Step.DONE);
            return;
        }
        Ownership at = ownerships.get(0);
        try {
            producer.beginTransaction();
            moves.get(ownerships.get(ownerships.size() - 1)).stream()
                    .filter(move -> remembers() && !move.isStill())
                    .forEach(this::write);
            for (Ownership ownership : ownerships) {
                at = ownership;
                producer.sendOffsetsToTransaction(offsets(ownership), ownership.membership());
            }
        } catch (KafkaException e) {
            throw nothingChanged(e, at);
        }
        commit(at);
        next(Step.TRIM);
    }

    private void write(PartitionMove move) {
        TopicPartition state = new TopicPartition(settings.topics().state(), move.partition());
        if (move.memory() == Memory.FORGOTTEN) {
            send(state, FreshStart.record());
        }
        JournalHeader header = header(move, journaled.get(state).lastHeader());
        Future<RecordMetadata> answer =
                send(state, new JournalWriter().finish(header).get(0));
        if (move.memory() == Memory.FORGOTTEN) {
            freshBlocks.put(state, answer);
        }
    }

    private Future<RecordMetadata> send(TopicPartition state, byte[] value) {
        return producer.send(
                new ProducerRecord<>(state.topic(), state.partition(), null, value), (metadata, exception) -> {});
    }

    private JournalHeader header(PartitionMove move, JournalHeader last) {
        Cluster.Topic topic = ownerships.get(ownerships.size() - 1).topic();
        boolean keeps = move.memory() == Memory.KEPT;
        return new JournalHeader(
                move.to(),
                topic.idHigh(),
                topic.idLow(),
                topic.partitions(),
                ChoiceRecord.codeOf(chosen),
                keeps ? last.eventTimeMs() : Long.MIN_VALUE,
                keeps ? last.settingsFingerprint() : JournalHeader.fingerprintOf(settings.judge()));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Ownership ownership) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        String mark = OffsetMark.of(MARK, ownership.topic());
        for (PartitionMove move : moves.get(ownership)) {
            if (!move.isStill()) {
                offsets.put(
                        new TopicPartition(ownership.name(), move.partition()), new OffsetAndMetadata(move.to(), mark));
            }
        }
        return offsets;
    }

    private void commit(Ownership at) {
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
                throw nothingChanged(e, at);
            }
        }
    }

    private RuntimeException nothingChanged(KafkaException e, Ownership at) {
        abort();
        Throwable reason = e instanceof CommitFailedException || e.getCause() == null ? e : e.getCause();
        if (reason instanceof CommitFailedException) {
            return at.joinedMeanwhile();
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
        ownerships.forEach(ownership -> ownership.close(CLOSE_TIMEOUT));
        if (reader != null) {
            reader.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }
}

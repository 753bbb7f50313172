package io.gatehouse.engine.worker;

import io.gatehouse.core.PartitionJudge;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.FormerOwners;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.DamagedJournalException;
import io.gatehouse.engine.state.FreshStart;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a partition over from its last owner, whoever that was and however it ended:
 *
 * <ol>
 *   <li>ask for the committed offset, once no transaction that would move it is pending: from here on no former owner
 *       can commit any more;
 *   <li>only then ask for the journal's end as an <em>uncommitted</em> reader sees it, so that a transaction whose
 *       markers are still on their way is not missed;
 *   <li>read the journal as a committed reader up to that end; the last image of each user is the truth;
 *   <li>the last header's offset must be the committed offset. Anything else is refused, never guessed at.
 * </ol>
 *
 * Nothing here waits: {@link #advance} does what can be done now, between the polls of the worker's other partitions.
 */
final class Takeover implements Handover<OwnedPartition> {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private enum Step {
        ASK_COMMITTED,
        ASK_BOUNDS,
        READ,
        DONE
    }

    private final EngineSettings settings;
    private final Cluster cluster;
    private final Cluster.Topic topic;
    private final TopicPartition input;
    private final TopicPartition state;
    private final Supplier<PartitionJudge> judges;
    private final Supplier<Journal> journals;
    private final FormerOwners formerOwners;
    private final Backoff backoff = new Backoff(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(30));

    private Step step = Step.ASK_COMMITTED;
    private PartitionJudge judge;
    private Journal journal;
    private JournalHeader lastHeader;
    private CompletableFuture<Optional<Cluster.Committed>> committed;
    private CompletableFuture<Long> start;
    private CompletableFuture<Long> end;
    private CompletableFuture<Long> firstOffset;
    private long position;
    /** The committed offset that the journal was found to disagree with; null while none was. */
    private Optional<Cluster.Committed> disagreed;

    private OwnedPartition result;
    private String trouble;
    private Refusal damage;

    Takeover(
            EngineSettings settings,
            Cluster cluster,
            Cluster.Topic topic,
            TopicPartition input,
            Supplier<PartitionJudge> judges,
            Supplier<Journal> journals,
            long nowNs) {
        this.settings = settings;
        this.cluster = cluster;
        this.topic = topic;
        this.input = input;
        this.state = new TopicPartition(settings.topics().state(), input.partition());
        this.judges = judges;
        this.journals = journals;
        this.formerOwners = new FormerOwners(cluster, settings.applicationId(), state, nowNs);
    }

    @Override
    public OwnedPartition result() {
        return result;
    }

    @Override
    public boolean isFirstStart() {
        return lastHeader == null;
    }

    @Override
    public long remaining() {
        long target = end != null && end.isDone() && !end.isCompletedExceptionally() ? end.join() : position;
        return result != null ? 0 : Math.max(1, target - position);
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void advance(StateReader reader, long nowNs) {
        if (!backoff.isOver(nowNs)) {
            return;
        }
        try {
            switch (step) {
                case ASK_COMMITTED -> askCommitted(nowNs);
                case ASK_BOUNDS -> askBounds(reader, nowNs);
                case READ -> read(reader, nowNs);
                case DONE -> {}
            }
        } catch (Refusal | CompletionException e) {
            startAgainLater(reader, Trouble.describe(e instanceof CompletionException ? e.getCause() : e), nowNs);
        }
    }

    private void askCommitted(long nowNs) {
        if (committed == null) {
            committed = cluster.committed(input);
        }
        if (committed.isDone()) {
            committed.join();
            progress(nowNs);
            step = Step.ASK_BOUNDS;
        } else {
            breakUpWhatHangs(nowNs);
        }
    }

    private void askBounds(StateReader reader, long nowNs) {
        if (end == null) {
            end = cluster.endOffset(state);
            start = cluster.startOffset(state);
            firstOffset = startsAtTheBeginning() ? cluster.startOffset(input) : cluster.endOffset(input);
        }
        if (end.isDone() && start.isDone() && firstOffset.isDone()) {
            judge = judges.get();
            journal = journals.get();
            position = start.join();
            firstOffset.join();
            if (position < end.join()) {
                reader.begin(state, position, this);
            }
            progress(nowNs);
            step = Step.READ;
        }
    }

    /** What the first stage has routed is to be judged, whatever that stage began with. */
    private boolean startsAtTheBeginning() {
        return settings.start() == EngineSettings.Start.EARLIEST
                || settings.routing().partitioning() == Partitioning.REKEY;
    }

    private void read(StateReader reader, long nowNs) {
        if (position < end.join()) {
            long before = position;
            position = reader.position(state);
            if (position > before) {
                progress(nowNs);
            } else {
                breakUpWhatHangs(nowNs);
            }
        }
        if (position >= end.join()) {
            reader.end(state);
            if (damage != null) {
                throw damage;
            }
            finish(reader);
        }
    }

    /** Takes over a slice of the journal; damage is refused at the end, unless a fresh start behind it makes it void. */
    void take(List<ConsumerRecord<byte[], byte[]>> blocks) {
        for (ConsumerRecord<byte[], byte[]> block : blocks) {
            if (FreshStart.is(block.value())) {
                startAfresh();
            } else if (damage == null) {
                take(block);
            }
        }
    }

    /** What was read until now is void, damage included. */
    private void startAfresh() {
        judge.close();
        judge = judges.get();
        journal = journals.get();
        lastHeader = null;
        damage = null;
    }

    private void take(ConsumerRecord<byte[], byte[]> block) {
        if (ChoiceRecord.isChoice(block.value())) {
            return;
        }
        try {
            lastHeader = JournalReader.restore(block.value(), judge);
            journal.restored(block.value().length);
        } catch (DamagedJournalException e) {
            damage = new Refusal("the journal " + state + " cannot be read at offset " + block.offset() + ": "
                    + e.getMessage() + ". " + Trouble.START_AFRESH);
        }
    }

    private void finish(StateReader reader) {
        Optional<Cluster.Committed> offset = committed.join();
        if (!agrees(offset) && !offset.equals(disagreed)) {
            // The group may have given the partition to another member, who has committed since it was asked for.
            disagreed = offset;
            beginAgain(reader);
            return;
        }
        if (offset.isEmpty() && lastHeader == null) {
            result = owned(firstOffset.join());
        } else {
            check(offset);
            if (lastHeader.settingsFingerprint() != JournalHeader.fingerprintOf(settings.judge())) {
                LOG.warn("session.gap or profile.retention has changed since the journal {} was written", state);
            }
            result = owned(lastHeader.nextOffset());
        }
        trouble = null;
        step = Step.DONE;
    }

    private boolean agrees(Optional<Cluster.Committed> offset) {
        return lastHeader == null
                ? offset.isEmpty()
                : offset.isPresent() && offset.get().offset() == lastHeader.nextOffset();
    }

    private void check(Optional<Cluster.Committed> offset) {
        if (lastHeader == null) {
            throw new Refusal("the group has committed offset " + offset.get().offset() + " of " + input
                    + ", but its journal " + state
                    + " is empty: it was deleted, nothing was remembered until now (profile.enabled=false), or the group"
                    + " belongs to something else. "
                    + Trouble.START_AFRESH);
        }
        // Kafka deletes a topic's committed offsets with it: asked for the offset first, nobody would hear of the
        // topic.
        if (lastHeader.topicIdHigh() != topic.idHigh() || lastHeader.topicIdLow() != topic.idLow()) {
            throw new Refusal("the topic " + input.topic()
                    + " was deleted and created again since its journal was written: its offsets mean other records now. "
                    + Trouble.START_AFRESH);
        }
        if (lastHeader.partitionCount() != topic.partitions()) {
            throw new Refusal("the topic " + input.topic() + " has " + topic.partitions()
                    + " partitions, but had " + lastHeader.partitionCount()
                    + " when its journal was written: users may have moved to other partitions, away from their memory. "
                    + Trouble.START_AFRESH);
        }
        if (lastHeader.partitioning() != ChoiceRecord.codeOf(settings.routing().partitioning())) {
            throw new Refusal("the journal " + state + " was written with input.partitioning="
                    + ChoiceRecord.word(ChoiceRecord.choiceOf(lastHeader.partitioning()))
                    + ", and users lie elsewhere now. "
                    + Trouble.START_AFRESH);
        }
        if (offset.isEmpty()) {
            throw new Refusal("the journal " + state + " stands at input offset " + lastHeader.nextOffset()
                    + ", but the group has no committed offset of " + input + ": it expired or was deleted. "
                    + Trouble.START_AFRESH);
        }
        if (lastHeader.nextOffset() != offset.get().offset()) {
            throw new Refusal("the group's committed offset of " + input + " is "
                    + offset.get().offset() + ", but its journal stands at " + lastHeader.nextOffset()
                    + ": another tool, or a run with profile.enabled=false, has moved the offset. Move it back, or start afresh. "
                    + Trouble.START_AFRESH);
        }
    }

    private OwnedPartition owned(long nextOffset) {
        JournalHeader origin = new JournalHeader(
                nextOffset,
                topic.idHigh(),
                topic.idLow(),
                topic.partitions(),
                ChoiceRecord.codeOf(settings.routing().partitioning()),
                judge.eventTimeMs(),
                JournalHeader.fingerprintOf(settings.judge()));
        return new OwnedPartition(input, judge, Optional.of(journal), origin);
    }

    private void progress(long nowNs) {
        formerOwners.progressed(nowNs);
        trouble = null;
    }

    /** A transaction that a former owner left open is ended when it is ours by name, and named when it is not. */
    private void breakUpWhatHangs(long nowNs) {
        formerOwners
                .breakUp(nowNs)
                .ifPresent(foreign -> holdUp("the journal " + state + " waits for the open transaction " + foreign
                        + ", which is not Gatehouse's: end it, or wait for its timeout"));
    }

    private void holdUp(String why) {
        if (!why.equals(trouble)) {
            LOG.error("partition {} is held back: {}", input, why);
        }
        trouble = why;
    }

    private void startAgainLater(StateReader reader, String why, long nowNs) {
        holdUp(why);
        beginAgain(reader);
        backoff.failed(nowNs);
    }

    private void beginAgain(StateReader reader) {
        abandon(reader);
        judge = null;
        lastHeader = null;
        damage = null;
        committed = null;
        start = null;
        end = null;
        firstOffset = null;
        formerOwners.begin();
        position = 0;
        step = Step.ASK_COMMITTED;
    }

    @Override
    public void abandon(StateReader reader) {
        reader.end(state);
        if (judge != null) {
            judge.close();
        }
    }
}

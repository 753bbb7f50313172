package io.gatehouse.engine.lag;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.worker.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches the lag of a group of instances from outside, look by look. Asks Kafka alone, with Describe on groups and topics,
 * and joins nothing.
 *
 * <p>What it cannot ask with these rights is the recorded partitioning. The group's own members and offsets tell which topic
 * it reads, and that is what lag is about.
 */
public final class LagWatch implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final EngineSettings settings;
    private final LagRules rules;
    private final Admin admin;
    private final LagQuestions questions;
    private final Map<String, StageHistory> histories = new HashMap<>();
    private final StableEnds processed = new StableEnds();
    private final boolean isAuto;
    private Partitioning partitioning;
    private Long sinceNs;

    /** @throws KafkaException when the Kafka settings make no client */
    public LagWatch(EngineSettings settings) {
        this.settings = settings;
        this.rules = new LagRules(settings.commitInterval());
        this.partitioning =
                settings.judge().profileEnabled() ? settings.routing().partitioning() : Partitioning.KEYED;
        this.isAuto = partitioning == Partitioning.AUTO;
        this.admin = Admin.create(settings.admin());
        this.questions = new LagQuestions(admin);
    }

    /**
     * Looks, and waits for the answers: for {@code kafka.admin.default.api.timeout.ms} each at most.
     *
     * @param nowNs of {@link System#nanoTime}
     * @throws KafkaException when there is no answer; the history then begins anew
     * @throws Refusal when it cannot be known which topic the group reads
     */
    public LagReport look(long nowNs) {
        try {
            return report(nowNs);
        } catch (KafkaException e) {
            histories.clear();
            sinceNs = null;
            throw e;
        }
    }

    private LagReport report(long nowNs) {
        if (sinceNs == null) {
            sinceNs = nowNs;
        }
        GroupView judges = questions.group(settings.applicationId());
        List<StageLag> stages = new ArrayList<>();
        if (isRekeyed(judges)) {
            GroupView routers = questions.group(settings.routingGroup());
            stages.add(stage("routing", routers, settings.topics().input(), nowNs));
            stages.add(stage("judging", judges, settings.routing().byUser(), nowNs));
        } else {
            stages.add(stage("judging", judges, settings.topics().input(), nowNs));
        }
        String results = settings.topics().processed();
        return new LagReport(
                Duration.ofNanos(nowNs - sinceNs),
                stages,
                results,
                processed.take(nowNs, questions.offsets(questions.partitions(results))));
    }

    private StageLag stage(String name, GroupView group, String topic, long nowNs) {
        List<TopicPartition> partitions = questions.partitions(topic);
        Map<TopicPartition, Offsets> offsets =
                partitions.isEmpty() ? Map.of() : questions.offsets(group.id(), partitions);
        StageHistory history = histories.computeIfAbsent(topic, added -> new StageHistory(rules));
        return new StageLag(name, group, topic, history.take(nowNs, partitions, offsets, group.owners()));
    }

    private boolean isRekeyed(GroupView judges) {
        if (isAuto) {
            partitioning = learned(judges);
        }
        return partitioning == Partitioning.REKEY;
    }

    /** What members read counts; where there are none, what was read before. Unknown as long as nothing ever was. */
    private Partitioning learned(GroupView judges) {
        String input = settings.topics().input();
        String byUser = settings.routing().byUser();
        if (judges.owns(byUser)) {
            return Partitioning.REKEY;
        }
        if (judges.owns(input)) {
            return Partitioning.KEYED;
        }
        if (partitioning != Partitioning.AUTO) {
            return partitioning;
        }
        Set<String> read = questions.committedTopics(judges.id());
        if (read.contains(input) && read.contains(byUser)) {
            throw new Refusal("the group " + judges.id() + " has offsets in " + input + " and in " + byUser
                    + ", and no members that tell which of them it works with. Say so with -D input.partitioning=keyed or"
                    + " rekey");
        }
        if (read.contains(byUser)
                || questions.committedTopics(settings.routingGroup()).contains(input)) {
            return Partitioning.REKEY;
        }
        return read.contains(input) ? Partitioning.KEYED : Partitioning.AUTO;
    }

    @Override
    public void close() {
        admin.close(CLOSE_TIMEOUT);
    }
}

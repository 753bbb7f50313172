package io.gatehouse.engine;

import io.gatehouse.core.JudgeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything the engine is told, already validated.
 *
 * @param applicationId the prefix of everything Gatehouse names in Kafka: group, transactional ids, internal topics
 * @param version this Gatehouse's version, as dead letters name it
 * @param instanceId tells this process's transactional ids from those of other instances
 * @param topics the topics read and written
 * @param routing how users find their partition, and the stage that takes them there
 * @param workers worker threads, each with a consumer and a producer of its own
 * @param start where a group without committed offsets begins
 * @param commitInterval the longest time between a login's judgement and its commit
 * @param maxTransactionEvents events after which a transaction is committed before the interval is over
 * @param maxUsers users remembered by this instance, all partitions together
 * @param sweepFloorBytes length below which a partition's journal is not worth sweeping, bytes
 * @param judge what the core is told
 * @param stopTimeout the longest time for finishing the batch, committing and leaving the group
 * @param consumer Kafka consumer settings, complete but for the group, isolation and commit settings that the engine sets
 * @param producer Kafka producer settings, complete but for the transactional id
 * @param admin Kafka admin settings
 */
public record EngineSettings(
        String applicationId,
        String version,
        String instanceId,
        Topics topics,
        Routing routing,
        int workers,
        Start start,
        Duration commitInterval,
        int maxTransactionEvents,
        long maxUsers,
        long sweepFloorBytes,
        JudgeSettings judge,
        Duration stopTimeout,
        Map<String, Object> consumer,
        Map<String, Object> producer,
        Map<String, Object> admin) {

    /** The topics read and written; the state topic is named after the application. */
    public record Topics(
            String input, String processed, String deadLetters, String sessions, String statistics, String state) {}

    /** How a user's logins come to lie in one partition. */
    public enum Partitioning {
        /** The producer keys by {@code user_id} with Kafka's default partitioner. */
        KEYED,
        /** A first stage of ours takes each login to its user's partition. */
        REKEY,
        /** Whichever the newest records call for. */
        AUTO
    }

    /**
     * How users find their partition.
     *
     * @param byUser the topic between the stages, where logins are re-keyed
     * @param workers worker threads of the first stage, where there is one
     */
    public record Routing(Partitioning partitioning, String byUser, int workers) {}

    /** The topics that must be there: those of the results, and of what is published and remembered beside them. */
    public List<String> topicNames() {
        List<String> names = new ArrayList<>(List.of(topics.input(), topics.processed(), topics.deadLetters()));
        if (judge.publishesSessions()) {
            names.add(topics.sessions());
        }
        if (judge.keepsStatistics()) {
            names.add(topics.statistics());
        }
        if (judge.profileEnabled()) {
            names.add(topics.state());
        }
        return names;
    }

    /** The topic that logins are judged from; the partitioning must have been chosen. */
    public String judgedTopic() {
        return routing.partitioning() == Partitioning.REKEY ? routing.byUser() : topics.input();
    }

    /** The group of the stage that routes. */
    public String routingGroup() {
        return applicationId + "-route";
    }

    /** The topic that tells which dead letters have been replayed. */
    public String replays() {
        return applicationId + "-replays";
    }

    /** The same with another partitioning. */
    public EngineSettings with(Partitioning chosen) {
        return new EngineSettings(
                applicationId,
                version,
                instanceId,
                topics,
                new Routing(chosen, routing.byUser(), routing.workers()),
                workers,
                start,
                commitInterval,
                maxTransactionEvents,
                maxUsers,
                sweepFloorBytes,
                judge,
                stopTimeout,
                consumer,
                producer,
                admin);
    }

    /** Where a group without committed offsets begins. */
    public enum Start {
        EARLIEST,
        LATEST
    }
}

package io.gatehouse.lab.check;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.reference.Checker.Closed;
import io.gatehouse.reference.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is checked.
 *
 * @param kafka client settings, {@code bootstrap.servers} among them
 * @param applicationId the pipeline's consumer group
 * @param input the topic of login events
 * @param processed the topic of accepted ones
 * @param deadLetters the topic of refused ones
 * @param longestWait the longest time for the pipeline to reach the end of its input, and once more for it to publish
 *     what is missing then of sessions and statistics
 * @param published what is checked of sessions and statistics
 * @param contract what the pipeline's configuration says
 */
public record CheckSettings(
        Map<String, Object> kafka,
        String applicationId,
        String input,
        String processed,
        String deadLetters,
        Duration longestWait,
        Published published,
        Settings contract) {

    /**
     * The topics beside those of single logins.
     *
     * @param sessions the topic of closed sessions; null when it is not checked
     * @param closed which of them must be there
     * @param statistics the topic of statistics; null when it is not checked
     */
    public record Published(String sessions, Closed closed, String statistics) {
        /** Neither is checked. */
        public static final Published NOTHING = new Published(null, Closed.UNCHECKED, null);

        List<String> topics() {
            return Stream.of(sessions, statistics).filter(Objects::nonNull).toList();
        }
    }

    /** Neither sessions nor statistics are checked, and the configuration says nothing but the contract. */
    public CheckSettings(
            Map<String, Object> kafka,
            String applicationId,
            String input,
            String processed,
            String deadLetters,
            Duration longestWait) {
        this(kafka, applicationId, input, processed, deadLetters, longestWait, Published.NOTHING, Settings.DEFAULTS);
    }

    /**
     * All that a pipeline of this configuration publishes, and by the rules that it is told.
     *
     * @param kafka client settings of whoever checks it
     */
    public static CheckSettings of(Map<String, Object> kafka, Configuration configuration, Duration longestWait) {
        EngineSettings engine = configuration.engine();
        EngineSettings.Topics topics = engine.topics();
        JudgeSettings judge = engine.judge();
        return new CheckSettings(
                        kafka,
                        engine.applicationId(),
                        topics.input(),
                        topics.processed(),
                        topics.deadLetters(),
                        longestWait)
                .with(
                        new Published(
                                judge.publishesSessions() ? topics.sessions() : null,
                                judge.publishesSessions() ? Closed.BY_LOGINS : Closed.UNCHECKED,
                                judge.keepsStatistics() ? topics.statistics() : null),
                        contract(judge));
    }

    private static Settings contract(JudgeSettings judge) {
        return new Settings(
                judge.maxEventBytes(),
                judge.sessionGapMs(),
                judge.retentionMs(),
                judge.sessionsLatenessMs(),
                judge.statsWindowMs(),
                judge.profileEnabled(),
                judge.fieldNames().byField().entrySet().stream()
                        .collect(Collectors.toMap(name -> name.getKey().label(), Map.Entry::getValue)));
    }

    /** The same, with what is checked of sessions and statistics. */
    public CheckSettings with(Published others, Settings configured) {
        return new CheckSettings(kafka, applicationId, input, processed, deadLetters, longestWait, others, configured);
    }

    /** The topic between the stages, where the input is re-keyed. */
    String byUser() {
        return applicationId + "-by-user";
    }

    /** The group of the stage that routes, where the input is re-keyed. */
    String routingGroup() {
        return applicationId + "-route";
    }

    /** All topics that are read. */
    List<String> topics(boolean rekeyed) {
        Stream<String> inputs = rekeyed ? Stream.of(byUser(), input) : Stream.of(input);
        return Stream.concat(inputs, outputs().stream()).toList();
    }

    /** What single logins come out in. */
    List<String> results() {
        return List.of(processed, deadLetters);
    }

    List<String> outputs() {
        return Stream.concat(results().stream(), published.topics().stream()).toList();
    }
}

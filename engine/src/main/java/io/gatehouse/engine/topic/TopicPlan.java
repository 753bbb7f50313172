package io.gatehouse.engine.topic;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of one application: how they should be, made where they are missing, compared where they exist. */
public final class TopicPlan {
    /** Kafka's own default. */
    private static final long DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

    /** Room for key, headers and the batch's own header beside the largest event. */
    private static final long RECORD_OVERHEAD_BYTES = 64 << 10;

    /** The user_id as a key, and the header that tells the origin. */
    private static final long ORIGIN_BYTES = 4 << 10;

    /** What the enrichment can add to an event at most. */
    private static final long ENRICHMENT_BYTES = 4 << 10;

    /** What the original's headers and the dead letter's own may need beside the original record. */
    private static final long DEAD_LETTER_BYTES = 64 << 10;

    /** A block of the journal stays under half of this. */
    private static final long STATE_MESSAGE_BYTES = 1 << 20;

    /** Topics are trimmed and compacted by whole segments: with Kafka's 1 GiB the disk would hold mostly what is over. */
    private static final long SEGMENT_BYTES = 64 << 20;

    /** Three survive the loss of a broker while another one is being restarted. */
    private static final int USUAL_REPLICATION = 3;

    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final EngineSettings.Topics topics;
    private final EngineSettings.Routing routing;
    private final int maxEventBytes;
    private final OptionalInt inputPartitions;
    private final boolean remembers;
    private final String replays;
    private final List<String> names;

    /** @param inputPartitions how many the input should have; empty to take it as it is */
    public TopicPlan(EngineSettings settings, OptionalInt inputPartitions) {
        this.topics = settings.topics();
        this.routing = settings.routing();
        this.maxEventBytes = settings.judge().maxEventBytes();
        this.remembers = settings.judge().profileEnabled();
        this.replays = settings.replays();
        this.names = new ArrayList<>(settings.topicNames());
        this.names.add(replays);
        this.inputPartitions = inputPartitions;
    }

    /**
     * Compares the cluster with the plan, and changes nothing.
     *
     * @return one report a topic
     * @throws TopicFailureException when the cluster cannot be asked
     */
    public List<TopicReport> check(Admin admin) {
        return compare(new Cluster(admin).topics(names(true)), Set.of());
    }

    /**
     * Makes the topics that are missing, and returns when the cluster knows them; existing ones are compared and left as
     * they are. Doing it again does nothing.
     *
     * @param partitions of each new topic, where the input is new too; otherwise they have as many as the input
     * @param replication copies of each partition; empty for three, or as many as there are brokers
     * @return one report a topic
     * @throws TopicFailureException when the cluster cannot be asked, or refuses
     */
    public List<TopicReport> create(Admin admin, int partitions, OptionalInt replication) {
        Cluster cluster = new Cluster(admin);
        Map<String, ActualTopic> existing = cluster.topics(names(true));
        int count = existing.containsKey(topics.input())
                ? existing.get(topics.input()).partitions()
                : partitions;
        Set<String> created = new HashSet<>();
        List<String> wanted = names(mayBeRekeyed(count));
        if (!existing.keySet().containsAll(wanted)) {
            int copies = replication.orElseGet(() -> Math.min(USUAL_REPLICATION, cluster.brokers()));
            for (PlannedTopic topic : planned(existing, copies, mayBeRekeyed(count))) {
                if (!existing.containsKey(topic.name())
                        && cluster.create(
                                new NewTopic(topic.name(), count, (short) copies).configs(topic.settings()))) {
                    created.add(topic.name());
                }
            }
            existing = settled(cluster, wanted);
        }
        return compare(existing, created);
    }

    private List<TopicReport> compare(Map<String, ActualTopic> existing, Set<String> created) {
        List<TopicReport> reports = new ArrayList<>();
        boolean rekeyed = remembers
                && (routing.partitioning() == Partitioning.REKEY
                        || routing.partitioning() == Partitioning.AUTO && existing.containsKey(routing.byUser()));
        for (PlannedTopic topic : planned(existing, 0, rekeyed)) {
            ActualTopic actual = existing.get(topic.name());
            if (actual == null) {
                reports.add(new TopicReport(topic.name(), TopicReport.Presence.MISSING, 0, List.of()));
            } else {
                reports.add(new TopicReport(
                        topic.name(),
                        created.contains(topic.name()) ? TopicReport.Presence.CREATED : TopicReport.Presence.THERE,
                        actual.partitions(),
                        differences(topic, actual, existing)));
            }
        }
        return reports;
    }

    /** Before there are records to look at, any input of more than one partition may turn out to need it. */
    private boolean mayBeRekeyed(int partitions) {
        return remembers
                && (routing.partitioning() == Partitioning.REKEY
                        || routing.partitioning() == Partitioning.AUTO && partitions > 1);
    }

    private List<Difference> differences(PlannedTopic topic, ActualTopic actual, Map<String, ActualTopic> existing) {
        List<Difference> differences = new ArrayList<>();
        partitionDifference(topic, actual, existing).ifPresent(differences::add);
        for (Rule rule : topic.rules()) {
            String value = actual.settings().get(rule.setting());
            if (value != null && !rule.accepts(value)) {
                differences.add(new Difference(
                        rule.setting(),
                        value,
                        rule.wanted() + ": " + rule.reason(),
                        "kafka-configs.sh --bootstrap-server … --alter --entity-type topics --entity-name "
                                + topic.name() + " --add-config " + rule.setting() + "=" + rule.value()));
            }
        }
        return differences;
    }

    private Optional<Difference> partitionDifference(
            PlannedTopic topic, ActualTopic actual, Map<String, ActualTopic> existing) {
        if (topic.name().equals(topics.input())) {
            return inputPartitions.stream()
                    .filter(wanted -> wanted != actual.partitions())
                    .mapToObj(wanted -> new Difference(
                            "partitions",
                            Integer.toString(actual.partitions()),
                            wanted + ", as asked for",
                            remembers
                                    ? "partitions of a topic with users' memory cannot be changed; ask for "
                                            + actual.partitions()
                                            + ", or begin with another topic and another application.id"
                                    : "more: kafka-topics.sh --bootstrap-server … --alter --topic " + topic.name()
                                            + " --partitions " + wanted + "; fewer take another topic"))
                    .findFirst();
        }
        ActualTopic input = existing.get(topics.input());
        if (!topic.followsInput() || input == null || input.partitions() == actual.partitions()) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                "partitions",
                Integer.toString(actual.partitions()),
                input.partitions() + ": a partition's users are remembered in the partition of the same number",
                "begin with another application.id (and an empty memory), or with an input topic of "
                        + actual.partitions() + " partitions"));
    }

    private List<PlannedTopic> planned(Map<String, ActualTopic> existing, int copies, boolean rekeyed) {
        long inputBytes = Optional.ofNullable(existing.get(topics.input()))
                .map(input -> Long.valueOf(input.settings().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)))
                .orElse(largestInput());
        List<PlannedTopic> planned = new ArrayList<>();
        planned.add(topic(topics.input(), false, copies, existing)
                .with(Rule.exactly(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "no login replaces another"))
                .with(retention(7))
                .with(Rule.atLeast(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, largestInput(), "events up to max.event.bytes come in"))
                .with(Rule.atMost(
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        TimeUnit.MINUTES.toMillis(5),
                        "a producer whose clock is ahead is told so, and its events are not kept for ever"))
                .planned());
        planned.add(topic(topics.processed(), false, copies, existing)
                .with(Rule.exactly(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "no result replaces another"))
                .with(retention(7))
                .with(Rule.atLeast(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        inputBytes + ENRICHMENT_BYTES,
                        "an event is longer when it comes out"))
                .planned());
        planned.add(topic(topics.deadLetters(), false, copies, existing)
                .with(Rule.exactly(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "no dead letter replaces another"))
                .with(retention(14))
                .with(Rule.atLeast(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        inputBytes + DEAD_LETTER_BYTES,
                        "a dead letter holds all of the original, and headers"))
                .planned());
        planned.add(replays(existing, copies));
        if (names.contains(topics.sessions())) {
            planned.add(sessions(existing, copies));
        }
        if (names.contains(topics.statistics())) {
            planned.add(statistics(existing, copies));
        }
        if (remembers) {
            planned.add(state(existing, copies));
        }
        if (rekeyed) {
            planned.add(byUser(existing, inputBytes, copies));
        }
        return planned;
    }

    private PlannedTopic sessions(Map<String, ActualTopic> existing, int copies) {
        return topic(topics.sessions(), false, copies, existing)
                .with(Rule.exactly(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "no session replaces another"))
                .with(retention(30))
                .planned();
    }

    private PlannedTopic statistics(Map<String, ActualTopic> existing, int copies) {
        return topic(topics.statistics(), false, copies, existing)
                .with(Rule.exactly(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        "compact,delete",
                        "the last value of a window replaces those before, and windows are over some time"))
                .with(retention(30))
                .with(Rule.atMost(
                        TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES, "only what a segment has ended is compacted"))
                .planned();
    }

    private PlannedTopic state(Map<String, ActualTopic> existing, int copies) {
        return topic(topics.state(), true, copies, existing)
                .with(Rule.exactly(
                        TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "Gatehouse trims it; compaction would tear it"))
                .with(Rule.exactly(
                        TopicConfig.RETENTION_MS_CONFIG, "-1", "what is remembered must not be forgotten by age"))
                .with(Rule.exactly(
                        TopicConfig.RETENTION_BYTES_CONFIG, "-1", "what is remembered must not be forgotten by size"))
                .with(Rule.atLeast(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        STATE_MESSAGE_BYTES,
                        "thousands of users go into a record"))
                .with(Rule.atMost(
                        TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES, "disk is given back by whole segments"))
                .planned();
    }

    private PlannedTopic replays(Map<String, ActualTopic> existing, int copies) {
        return topic(replays, false, copies, existing)
                .with(Rule.exactly(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "no replay replaces another"))
                .with(Rule.exactly(
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        "a dead letter whose replay is forgotten could be replayed again"))
                .with(Rule.exactly(
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        "a dead letter whose replay is forgotten could be replayed again"))
                .planned();
    }

    private PlannedTopic byUser(Map<String, ActualTopic> existing, long inputBytes, int copies) {
        long retentionMs = Optional.ofNullable(existing.get(topics.input()))
                .map(input -> Long.valueOf(input.settings().get(TopicConfig.RETENTION_MS_CONFIG)))
                .orElse(TimeUnit.DAYS.toMillis(7));
        Draft draft = topic(routing.byUser(), true, copies, existing)
                .with(Rule.exactly(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "no login replaces another"))
                .with(Rule.atLeast(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        inputBytes + ORIGIN_BYTES,
                        "a re-keyed event says where it came from"));
        // Unlimited is written as a negative number, which no number is at least.
        return (retentionMs < 0
                        ? draft.with(Rule.exactly(
                                TopicConfig.RETENTION_MS_CONFIG, "-1", "what the input keeps may still be judged"))
                        : draft.with(Rule.atLeast(
                                TopicConfig.RETENTION_MS_CONFIG,
                                retentionMs,
                                "what the input keeps may still be judged")))
                .planned();
    }

    private long largestInput() {
        return Math.max(DEFAULT_MAX_MESSAGE_BYTES, maxEventBytes + RECORD_OVERHEAD_BYTES);
    }

    private static Rule retention(int days) {
        return Rule.atLeast(
                TopicConfig.RETENTION_MS_CONFIG, TimeUnit.DAYS.toMillis(days), days + " days to come back to it");
    }

    /** A topic must be written to two brokers, where it has two copies, before it counts as written. */
    private static Draft topic(String name, boolean followsInput, int copies, Map<String, ActualTopic> existing) {
        ActualTopic actual = existing.get(name);
        int inSync = Math.min(2, actual == null ? copies : actual.replication());
        return new Draft(name, followsInput, new ArrayList<>())
                .with(Rule.atLeast(
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, inSync, "what is committed survives a broker's loss"));
    }

    private record Draft(String name, boolean followsInput, List<Rule> rules) {
        Draft with(Rule rule) {
            rules.add(rule);
            return this;
        }

        PlannedTopic planned() {
            return new PlannedTopic(name, followsInput, List.copyOf(rules));
        }
    }

    private List<String> names(boolean rekeyed) {
        List<String> wanted = new ArrayList<>(names);
        if (rekeyed) {
            wanted.add(routing.byUser());
        }
        return wanted;
    }

    /**
     * What there is when the brokers know of all these topics, or after a while: a broker may hear of a new topic some
     * moments after the controller has made it.
     */
    private Map<String, ActualTopic> settled(Cluster cluster, List<String> wanted) {
        long deadlineNs = System.nanoTime() + SETTLING.toNanos();
        Map<String, ActualTopic> known = cluster.topics(names(true));
        while (!known.keySet().containsAll(wanted) && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            known = cluster.topics(names(true));
        }
        return known;
    }
}

package io.gatehouse.peers.streams;

import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.peers.job.Arguments;
import io.gatehouse.peers.job.Contestant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Gatehouse's core in Kafka Streams instead of Gatehouse's engine, exactly once: the same judgement, record by record,
 * and each user's image in a logged store in memory. Closed sessions are published where a topic for them is given;
 * statistics are not counted, since what is to be kept of them changes with every login, and a store has no batches.
 *
 * <p>Its knobs are {@code sessions}, the topic for those that close, empty for none; and those of {@link StreamsRun}.
 */
public final class CoreInStreams {
    static final String PROCESSED = "processed";
    static final String DEAD_LETTERS = "dead-letters";
    static final String SESSIONS = "sessions";
    static final String IMAGES = "images";

    private static final String INPUT = "input";
    private static final String JUDGE = "judge";
    private static final String NO_TOPIC = "";
    private static final Map<String, String> KNOBS = new HashMap<>(StreamsRun.KNOBS);

    static {
        KNOBS.put(SESSIONS, NO_TOPIC);
    }

    private CoreInStreams() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        Contestant.run(arguments, KNOBS, CoreInStreams::start);
    }

    private static AutoCloseable start(Arguments arguments) {
        return StreamsRun.start(topology(arguments), arguments, 0);
    }

    private static Topology topology(Arguments arguments) {
        GeoTable places = GeoDatabase.open(arguments.places());
        UserBudget unbounded = new UserBudget(Long.MAX_VALUE);
        String sessions = arguments.text(SESSIONS);
        JudgeSettings settings = settings(!sessions.equals(NO_TOPIC));
        ByteArraySerializer bytes = new ByteArraySerializer();
        Topology topology = new Topology()
                .addSource(INPUT, new ByteArrayDeserializer(), new ByteArrayDeserializer(), arguments.input())
                .addProcessor(JUDGE, () -> new CoreProcessor(settings, places, unbounded, arguments.input()), INPUT)
                .addStateStore(store(), JUDGE)
                .addSink(PROCESSED, arguments.processed(), bytes, bytes, JUDGE)
                .addSink(DEAD_LETTERS, arguments.deadLetters(), bytes, bytes, JUDGE);
        return settings.publishesSessions() ? topology.addSink(SESSIONS, sessions, bytes, bytes, JUDGE) : topology;
    }

    private static JudgeSettings settings(boolean sessionsEnabled) {
        JudgeSettings contract = JudgeSettings.DEFAULTS;
        return new JudgeSettings(
                contract.maxEventBytes(),
                contract.sessionGapMs(),
                contract.retentionMs(),
                contract.sessionsLatenessMs(),
                true,
                FieldNames.DEFAULTS,
                contract.statsWindowMs(),
                contract.statsPublishIntervalMs(),
                sessionsEnabled,
                false);
    }

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(IMAGES), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled();
    }
}

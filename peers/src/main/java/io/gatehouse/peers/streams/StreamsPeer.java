package io.gatehouse.peers.streams;

import io.gatehouse.peers.job.Arguments;
import io.gatehouse.peers.job.Contestant;
import io.gatehouse.peers.job.Places;
import io.gatehouse.peers.job.UserProfile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The job on Kafka Streams, exactly once: one processor, and one logged store for all that is remembered of a user.
 *
 * <p>Its knobs are {@code store}, memory or rocksdb; {@code cache.mb}, what the cache before the store takes, 0 for
 * none; and those of {@link StreamsRun}.
 */
public final class StreamsPeer {
    static final String PROCESSED = "processed";
    static final String DEAD_LETTERS = "dead-letters";
    static final String PROFILES = "profiles";

    private static final String INPUT = "input";
    private static final String LOGIN = "login";
    private static final Map<String, String> KNOBS = new HashMap<>(StreamsRun.KNOBS);

    static {
        KNOBS.put("store", "memory");
        KNOBS.put("cache.mb", "0");
    }

    private StreamsPeer() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        Contestant.run(arguments, KNOBS, StreamsPeer::start);
    }

    private static AutoCloseable start(Arguments arguments) throws IOException {
        int cacheMb = arguments.number("cache.mb");
        return StreamsRun.start(topology(arguments, cacheMb > 0), arguments, cacheMb);
    }

    private static Topology topology(Arguments arguments, boolean isCached) throws IOException {
        Places places = Places.open(arguments.places());
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new Topology()
                .addSource(INPUT, new ByteArrayDeserializer(), new ByteArrayDeserializer(), arguments.input())
                .addProcessor(LOGIN, () -> new LoginProcessor(places, arguments.input()), INPUT)
                .addStateStore(store(arguments, isCached), LOGIN)
                .addSink(PROCESSED, arguments.processed(), bytes, bytes, LOGIN)
                .addSink(DEAD_LETTERS, arguments.deadLetters(), bytes, bytes, LOGIN);
    }

    private static StoreBuilder<KeyValueStore<byte[], UserProfile>> store(Arguments arguments, boolean isCached) {
        KeyValueBytesStoreSupplier supplier =
                arguments.choice("store", "memory", "rocksdb").equals("memory")
                        ? Stores.inMemoryKeyValueStore(PROFILES)
                        : Stores.persistentKeyValueStore(PROFILES);
        StoreBuilder<KeyValueStore<byte[], UserProfile>> builder =
                Stores.keyValueStoreBuilder(supplier, Serdes.ByteArray(), new ProfileSerde());
        return isCached ? builder.withCachingEnabled() : builder.withCachingDisabled();
    }
}

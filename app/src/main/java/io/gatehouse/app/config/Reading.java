package io.gatehouse.app.config;

import io.gatehouse.app.Version;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.engine.EngineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;

/**
 * One reading of the given entries. A value that is not allowed becomes a mistake and is replaced by its default, so that
 * reading goes on and finds the other mistakes too.
 */
final class Reading {
    private final Map<String, Entry> given;
    private final Configuration.Broker broker;
    private final List<Mistake> mistakes;
    private final Map<Key<?>, Entry> entries = new HashMap<>();

    Reading(Map<String, Entry> given, Configuration.Broker broker, List<Mistake> mistakes) {
        this.given = given;
        this.broker = broker;
        this.mistakes = mistakes;
    }

    Configuration configuration() {
        reportUnknownKeys();
        KafkaSettings kafka = KafkaSettings.read(given, mistakes);
        requireBootstrapServers(kafka);
        EngineSettings engine = engine(kafka);
        HttpSettings http = http();
        Configuration configuration = new Configuration(engine, geo(), http, log(), newTopics(), entries(kafka));
        if (mistakes.isEmpty()) {
            Consistency.check(engine, kafka, http, this::entry, mistakes);
        }
        return configuration;
    }

    private EngineSettings engine(KafkaSettings kafka) {
        String applicationId = value(Keys.APPLICATION_ID);
        return new EngineSettings(
                applicationId,
                Version.current(),
                instanceId(),
                new EngineSettings.Topics(
                        value(Keys.INPUT_TOPIC),
                        value(Keys.OUTPUT_TOPIC),
                        value(Keys.DEAD_LETTER_TOPIC),
                        value(Keys.SESSIONS_TOPIC),
                        value(Keys.STATISTICS_TOPIC),
                        applicationId + "-state"),
                new EngineSettings.Routing(
                        value(Keys.PARTITIONING),
                        applicationId + "-by-user",
                        value(Keys.REKEY_THREADS).orElseGet(Machine::suitableRouters)),
                value(Keys.WORKER_THREADS).orElseGet(Machine::suitableWorkers),
                value(Keys.START),
                value(Keys.COMMIT_INTERVAL),
                value(Keys.MAX_TRANSACTION_EVENTS),
                value(Keys.MAX_USERS),
                value(Keys.SWEEP_FLOOR),
                new JudgeSettings(
                        value(Keys.MAX_EVENT_BYTES),
                        value(Keys.SESSION_GAP).toMillis(),
                        value(Keys.RETENTION).toMillis(),
                        value(Keys.SESSIONS_LATENESS).toMillis(),
                        value(Keys.PROFILE_ENABLED),
                        fieldNames(),
                        value(Keys.STATS_WINDOW).toMillis(),
                        value(Keys.STATS_PUBLISH_INTERVAL).toMillis(),
                        value(Keys.SESSIONS_ENABLED),
                        value(Keys.STATS_ENABLED)),
                value(Keys.SHUTDOWN_TIMEOUT),
                kafka.of(KafkaClient.CONSUMER),
                kafka.of(KafkaClient.PRODUCER),
                kafka.of(KafkaClient.ADMIN));
    }

    private String instanceId() {
        String id = value(Keys.INSTANCE_ID);
        return id.equals(Kind.AUTO) ? Machine.freshInstanceId() : id;
    }

    private FieldNames fieldNames() {
        Map<Field, String> names = new EnumMap<>(Field.class);
        Map<String, Key<?>> owners = new HashMap<>();
        boolean allDiffer = true;
        for (Map.Entry<Field, Key<String>> key : Keys.FIELD_NAMES.entrySet()) {
            String name = value(key.getValue());
            names.put(key.getKey(), name);
            Key<?> owner = owners.putIfAbsent(name, key.getValue());
            if (owner != null) {
                allDiffer = false;
                mistakes.add(Mistake.in(
                        entry(key.getValue()), "is the name that " + owner.name() + " has too; they must differ"));
            }
        }
        return allDiffer ? new FieldNames(names) : FieldNames.DEFAULTS;
    }

    private GeoSettings geo() {
        return new GeoSettings(path(Keys.GEO_DATABASE), value(Keys.GEO_REQUIRED), value(Keys.GEO_CHECK_INTERVAL));
    }

    private HttpSettings http() {
        return new HttpSettings(
                new HttpSettings.Endpoint(value(Keys.HTTP_ADDRESS), value(Keys.HTTP_PORT)),
                new HttpSettings.Endpoint(value(Keys.HTTP_MANAGEMENT_ADDRESS), value(Keys.HTTP_MANAGEMENT_PORT)),
                value(Keys.HTTP_INSECURE),
                path(Keys.HTTP_TLS_CERTIFICATE)
                        .map(certificate -> new HttpSettings.Tls(
                                certificate, path(Keys.HTTP_TLS_KEY), new Password(value(Keys.HTTP_TLS_PASSWORD)))));
    }

    /** Empty for the key's default, which is a word. */
    private Optional<Path> path(Key<String> key) {
        String path = value(key);
        return path.equals(key.defaultText()) ? Optional.empty() : Optional.of(Path.of(path));
    }

    private LogSettings log() {
        return new LogSettings(value(Keys.LOG_FORMAT), value(Keys.LOG_LEVEL), value(Keys.STATISTICS_INTERVAL));
    }

    private NewTopics newTopics() {
        return new NewTopics(value(Keys.PARTITIONS), value(Keys.REPLICATION));
    }

    private <T> T value(Key<T> key) {
        Entry entry = entry(key);
        return key.kind().read().apply(entry.value()).orElseGet(() -> {
            mistakes.add(Mistake.in(entry, "must be " + key.kind().allowed()));
            return key.kind().read().apply(key.defaultText()).orElseThrow();
        });
    }

    private Entry entry(Key<?> key) {
        return entries.computeIfAbsent(
                key, k -> given.getOrDefault(k.name(), Entry.ofDefault(k.name(), k.defaultText())));
    }

    private List<Entry> entries(KafkaSettings kafka) {
        List<Entry> all = new ArrayList<>();
        Keys.ALL.forEach(key -> all.add(entry(key)));
        all.addAll(kafka.entries());
        return List.copyOf(all);
    }

    private void reportUnknownKeys() {
        Set<String> known = new TreeSet<>();
        Keys.ALL.forEach(key -> known.add(key.name()));
        for (Entry entry : given.values()) {
            if (!known.contains(entry.key()) && !entry.key().startsWith(KafkaClient.PREFIX)) {
                mistakes.add(Mistake.unknown(
                        entry.key(),
                        entry.origin(),
                        "is no key of Gatehouse"
                                + NearMiss.of(entry.key(), known)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; 'gatehouse config --reference' lists them all")));
            }
        }
    }

    private void requireBootstrapServers(KafkaSettings kafka) {
        if (broker == Configuration.Broker.NOT_NEEDED) {
            return;
        }
        List<KafkaClient> without = Stream.of(KafkaClient.values())
                .filter(client ->
                        kafka.entry(client, KafkaSettings.BOOTSTRAP_SERVERS).isEmpty())
                .toList();
        boolean given =
                this.given.keySet().stream().anyMatch(key -> key.endsWith("." + KafkaSettings.BOOTSTRAP_SERVERS));
        if (!given) {
            missingBrokers(KafkaClient.PREFIX);
        } else if (without.size() < KafkaClient.values().length) {
            without.forEach(client -> missingBrokers(client.prefix()));
        }
    }

    private void missingBrokers(String prefix) {
        mistakes.add(Mistake.missing(
                prefix + KafkaSettings.BOOTSTRAP_SERVERS, "is missing: must be " + KafkaSettings.BROKERS_ALLOWED));
    }
}

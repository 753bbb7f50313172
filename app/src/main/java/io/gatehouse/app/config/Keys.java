package io.gatehouse.app.config;

import io.gatehouse.app.log.LogFormat;
import io.gatehouse.app.log.LogLevel;
import io.gatehouse.core.login.Field;
import io.gatehouse.engine.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Every key of Gatehouse's own. What each is for, and why its default, is told in the reference file. */
final class Keys {
    private static final List<Key<?>> DECLARED = new ArrayList<>();

    static final Key<String> APPLICATION_ID = key("application.id", Kind.identifier(100), "gatehouse");
    static final Key<String> INSTANCE_ID = key("instance.id", Kind.identifier(100), Kind.AUTO);
    static final Key<String> INPUT_TOPIC = key("input.topic", Kind.topic(), "user-login");
    static final Key<String> OUTPUT_TOPIC = key("output.topic", Kind.topic(), "processed-user-login");
    static final Key<String> DEAD_LETTER_TOPIC = key("dead-letter.topic", Kind.topic(), "user-login-dlq");
    static final Key<String> SESSIONS_TOPIC = key("topics.sessions", Kind.topic(), "login-sessions");
    static final Key<String> STATISTICS_TOPIC = key("topics.stats", Kind.topic(), "login-stats");
    static final Key<EngineSettings.Partitioning> PARTITIONING =
            key("input.partitioning", Kind.choice(EngineSettings.Partitioning.class), "auto");
    static final Key<EngineSettings.Start> START = key("start", Kind.choice(EngineSettings.Start.class), "earliest");

    /** What the producer calls each field, in the order of the fields. */
    static final Map<Field, Key<String>> FIELD_NAMES = fieldNames();

    static final Key<OptionalInt> WORKER_THREADS =
            key("worker.threads", Kind.wholeNumberOr(Kind.AUTO, 1, 64), Kind.AUTO);
    static final Key<OptionalInt> REKEY_THREADS = key("rekey.threads", Kind.wholeNumberOr(Kind.AUTO, 1, 64), Kind.AUTO);
    static final Key<Duration> COMMIT_INTERVAL = key("commit.interval", Kind.duration("5ms", "30s"), "100ms");
    static final Key<Integer> MAX_TRANSACTION_EVENTS =
            key("transaction.max-events", Kind.wholeNumber(1, 1_000_000), "20000");
    static final Key<Duration> SHUTDOWN_TIMEOUT = key("shutdown.timeout", Kind.duration("1s", "10m"), "30s");

    static final Key<Integer> MAX_EVENT_BYTES = key("max.event.bytes", Kind.size("1KiB", "8MiB"), "64KiB");
    static final Key<Duration> SESSION_GAP = key("session.gap", Kind.duration("1s", "7d"), "30m");
    static final Key<Boolean> SESSIONS_ENABLED = key("sessions.enabled", Kind.flag(), "true");
    static final Key<Duration> SESSIONS_LATENESS = key("sessions.lateness", Kind.duration("0s", "7d"), "5m");
    static final Key<Boolean> STATS_ENABLED = key("stats.enabled", Kind.flag(), "true");
    static final Key<Duration> STATS_WINDOW = key("stats.window", Kind.duration("1s", "1d"), "1m");
    static final Key<Duration> STATS_PUBLISH_INTERVAL =
            key("stats.publish-interval", Kind.duration("100ms", "1h"), "5s");
    static final Key<Boolean> PROFILE_ENABLED = key("profile.enabled", Kind.flag(), "true");
    static final Key<Integer> MAX_USERS = key("profile.max-users", Kind.wholeNumber(1, 500_000_000), "5000000");
    static final Key<Integer> SWEEP_FLOOR = key("profile.sweep-floor", Kind.size("1KiB", "1024MiB"), "4MiB");
    static final Key<Duration> RETENTION = key("profile.retention", Kind.duration("1m", "3650d"), "90d");

    static final Key<String> GEO_DATABASE =
            key("geo.database", Kind.path("'built-in' or the path of a geo table or MMDB file"), "built-in");
    static final Key<Boolean> GEO_REQUIRED = key("geo.required", Kind.flag(), "true");
    static final Key<Duration> GEO_CHECK_INTERVAL = key("geo.check-interval", Kind.duration("0s", "1d"), "10s");

    static final Key<String> HTTP_ADDRESS =
            key("http.address", Kind.text("an IP address or host name of this machine"), "127.0.0.1");
    static final Key<OptionalInt> HTTP_PORT = key("http.port", Kind.wholeNumberOr(Kind.OFF, 0, 65535), "8080");
    static final Key<String> HTTP_MANAGEMENT_ADDRESS =
            key("http.management-address", Kind.text("an IP address or host name of this machine"), "127.0.0.1");
    static final Key<OptionalInt> HTTP_MANAGEMENT_PORT =
            key("http.management-port", Kind.wholeNumberOr(Kind.OFF, 0, 65535), Kind.OFF);
    static final Key<Boolean> HTTP_INSECURE = key("http.insecure", Kind.flag(), "false");
    static final Key<String> HTTP_TLS_CERTIFICATE =
            key("http.tls.certificate", Kind.path("'off' or the path of a PEM file or PKCS #12 keystore"), Kind.OFF);
    static final Key<String> HTTP_TLS_KEY = key("http.tls.key", Kind.path("'same' or the path of a PEM file"), "same");
    static final Key<String> HTTP_TLS_PASSWORD = key("http.tls.password", Kind.anyText(), "");

    static final Key<LogFormat> LOG_FORMAT = key("log.format", Kind.choice(LogFormat.class), "text");
    static final Key<LogLevel> LOG_LEVEL = key("log.level", Kind.choice(LogLevel.class), "info");
    static final Key<Duration> STATISTICS_INTERVAL = key("log.statistics-interval", Kind.duration("0s", "1d"), "10s");

    static final Key<Integer> PARTITIONS = key("topics.partitions", Kind.wholeNumber(1, 10_000), "12");
    static final Key<OptionalInt> REPLICATION =
            key("topics.replication", Kind.wholeNumberOr(Kind.AUTO, 1, 15), Kind.AUTO);

    static final List<Key<?>> ALL = List.copyOf(DECLARED);

    private Keys() {}

    private static Map<Field, Key<String>> fieldNames() {
        Map<Field, Key<String>> keys = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            keys.put(field, key("input.fields." + field.label(), Kind.memberName(), field.label()));
        }
        return Collections.unmodifiableMap(keys);
    }

    private static <T> Key<T> key(String name, Kind<T> kind, String defaultText) {
        Key<T> key = new Key<>(name, kind, defaultText);
        DECLARED.add(key);
        return key;
    }
}

package io.gatehouse.app.config;

import io.gatehouse.engine.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What must hold between keys, each of which is allowed by itself. */
final class Consistency {
    /** The largest packed journal record with room for the header, and the room that a dead letter's headers need. */
    private static final long JOURNAL_RECORD_BYTES = 1 << 20;

    private static final long DEAD_LETTER_HEADER_BYTES = 64 << 10;

    private final EngineSettings engine;
    private final KafkaSettings kafka;
    private final HttpSettings http;
    private final Function<Key<?>, Entry> entries;
    private final List<Mistake> mistakes;

    private Consistency(
            EngineSettings engine,
            KafkaSettings kafka,
            HttpSettings http,
            Function<Key<?>, Entry> entries,
            List<Mistake> mistakes) {
        this.engine = engine;
        this.kafka = kafka;
        this.http = http;
        this.entries = entries;
        this.mistakes = mistakes;
    }

    static void check(
            EngineSettings engine,
            KafkaSettings kafka,
            HttpSettings http,
            Function<Key<?>, Entry> entries,
            List<Mistake> mistakes) {
        Consistency consistency = new Consistency(engine, kafka, http, entries, mistakes);
        consistency.topicsDiffer();
        consistency.transactionsOutliveCommits();
        consistency.stoppingOutlivesCommits();
        consistency.usersOutliveSessions();
        consistency.recordsFitRequests();
        consistency.deliveryOutlivesRequests();
        consistency.otherMachinesAreServedSecurely();
        consistency.portsDiffer();
        consistency.keyHasCertificate();
    }

    private void topicsDiffer() {
        EngineSettings.Topics topics = engine.topics();
        Map<String, String> owners = new TreeMap<>();
        owners.put(topics.input(), Keys.INPUT_TOPIC.name());
        claim(owners, topics.processed(), Keys.OUTPUT_TOPIC);
        claim(owners, topics.deadLetters(), Keys.DEAD_LETTER_TOPIC);
        claim(owners, topics.sessions(), Keys.SESSIONS_TOPIC);
        claim(owners, topics.statistics(), Keys.STATISTICS_TOPIC);
        claim(owners, topics.state(), Keys.APPLICATION_ID);
        claim(owners, engine.routing().byUser(), Keys.APPLICATION_ID);
        claim(owners, engine.replays(), Keys.APPLICATION_ID);
    }

    private void claim(Map<String, String> owners, String topic, Key<?> key) {
        String owner = owners.putIfAbsent(topic, key.name());
        if (owner != null) {
            report(key, "makes '" + topic + "' both this topic and that of " + owner + "; they must differ");
        }
    }

    private void transactionsOutliveCommits() {
        kafka.number(KafkaClient.PRODUCER, "transaction.timeout.ms").ifPresent(timeoutMs -> {
            if (engine.commitInterval().toMillis() * 2 > timeoutMs) {
                report(
                        Keys.COMMIT_INTERVAL,
                        "must be at most half of kafka.producer.transaction.timeout.ms (" + timeoutMs
                                + "), or the broker aborts transactions that are doing well");
            }
        });
    }

    private void stoppingOutlivesCommits() {
        Duration needed = engine.commitInterval().multipliedBy(2);
        if (engine.stopTimeout().compareTo(needed) < 0) {
            report(Keys.SHUTDOWN_TIMEOUT, "must be at least twice commit.interval: stopping includes a last commit");
        }
    }

    private void usersOutliveSessions() {
        if (engine.judge().sessionGapMs() >= engine.judge().retentionMs()) {
            report(Keys.SESSION_GAP, "must be shorter than profile.retention: a forgotten user has no session");
        }
    }

    private void recordsFitRequests() {
        long needed = Math.max(JOURNAL_RECORD_BYTES, engine.judge().maxEventBytes() + DEAD_LETTER_HEADER_BYTES);
        long requestBytes =
                kafka.number(KafkaClient.PRODUCER, "max.request.size").orElse(needed);
        if (requestBytes < needed) {
            report("max.request.size", "must be at least " + needed + " bytes: the largest record that is written");
        }
        if (kafka.number(KafkaClient.PRODUCER, "buffer.memory").orElse(requestBytes) < requestBytes) {
            report("buffer.memory", "must be at least max.request.size (" + requestBytes + ")");
        }
    }

    private void deliveryOutlivesRequests() {
        long lingerMs = kafka.number(KafkaClient.PRODUCER, "linger.ms").orElse(0L);
        long requestMs =
                kafka.number(KafkaClient.PRODUCER, "request.timeout.ms").orElse(0L);
        long deliveryMs =
                kafka.number(KafkaClient.PRODUCER, "delivery.timeout.ms").orElse(Long.MAX_VALUE);
        if (deliveryMs < lingerMs + requestMs) {
            report(
                    "delivery.timeout.ms",
                    "must be at least linger.ms and request.timeout.ms together (" + (lingerMs + requestMs) + ")");
        }
    }

    private void otherMachinesAreServedSecurely() {
        if (http.tls().isEmpty() && !http.insecure()) {
            requireLoopback(http.main(), Keys.HTTP_ADDRESS);
            requireLoopback(http.management(), Keys.HTTP_MANAGEMENT_ADDRESS);
        }
    }

    private void requireLoopback(HttpSettings.Endpoint endpoint, Key<String> address) {
        if (endpoint.port().isPresent() && !endpoint.isLoopback()) {
            report(
                    address,
                    "must be a loopback address (127.0.0.1, ::1) or localhost, unless http.tls.certificate is set, or"
                            + " http.insecure=true to serve whoever can reach this address in plain text");
        }
    }

    private void portsDiffer() {
        int main = http.main().port().orElse(0);
        if (main != 0 && main == http.management().port().orElse(0)) {
            report(Keys.HTTP_MANAGEMENT_PORT, "is http.port, too; they must differ");
        }
    }

    private void keyHasCertificate() {
        if (http.tls().isEmpty() && isGiven(Keys.HTTP_TLS_KEY)) {
            report(Keys.HTTP_TLS_KEY, "is of no use without http.tls.certificate, which is off");
        }
    }

    private boolean isGiven(Key<String> key) {
        return !entries.apply(key).value().equals(key.defaultText());
    }

    private void report(Key<?> key, String problem) {
        mistakes.add(Mistake.in(entries.apply(key), problem));
    }

    private void report(String producerSetting, String problem) {
        Entry entry = kafka.entry(KafkaClient.PRODUCER, producerSetting).orElseThrow();
        String key = KafkaClient.PRODUCER.prefix() + producerSetting;
        mistakes.add(Mistake.in(new Entry(key, entry.value(), entry.origin()), problem));
    }
}

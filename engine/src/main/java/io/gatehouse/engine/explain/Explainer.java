package io.gatehouse.engine.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.Batch;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.Decoder;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.profile.Remembered;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.explain.Explanation.UserMemory;
import io.gatehouse.engine.lookup.LogReader;
import io.gatehouse.engine.lookup.Progress;
import io.gatehouse.engine.lookup.RecordPlace;
import io.gatehouse.engine.route.Placement;
import io.gatehouse.engine.state.ChoiceSearch;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.worker.Refusal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Explains one input record: reads it, reads what its user is remembered by, judges it by that without remembering the
 * outcome, and looks for what was written of it.
 */
public final class Explainer {
    /** A record's timestamp is its producer's, whose clock may be ahead of the brokers' by so much. */
    private static final long CLOCKS_APART_MS = TimeUnit.HOURS.toMillis(1);

    /** How the group is partitioned stands behind no transaction that lasts longer. */
    private static final long LONGEST_STILLNESS_NS = TimeUnit.SECONDS.toNanos(20);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final EngineSettings settings;
    private final GeoTable geo;
    private final Clients clients;
    private final Cluster cluster;
    private final Progress progress;

    public Explainer(EngineSettings settings, GeoTable geo, Clients clients, Cluster cluster, Progress progress) {
        this.settings = settings;
        this.geo = geo;
        this.clients = clients;
        this.cluster = cluster;
        this.progress = progress;
    }

    /**
     * Explains a record; takes as long as the searches take.
     *
     * @param nowMs wall clock, epoch milliseconds
     * @throws Refusal when there is no such record, or it cannot be read
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer or does not allow it
     * @throws io.gatehouse.engine.state.DamagedJournalException when the journal cannot be read
     */
    public Explanation explain(RecordPlace place, long nowMs) {
        if (!place.topic().equals(settings.topics().input())) {
            throw new Refusal("records of the input are explained, which is "
                    + settings.topics().input() + "; the source of a result or a dead letter says where it came from");
        }
        try (LogReader reader = new LogReader(clients.stateConsumer(), cluster)) {
            return explain(place, nowMs, reader);
        }
    }

    private Explanation explain(RecordPlace place, long nowMs, LogReader reader) {
        ConsumerRecord<byte[], byte[]> record = reader.record(place);
        Login login = new Login();
        login.take(record.value());
        new Decoder(settings.judge().maxEventBytes(), settings.judge().fieldNames()).decode(login, record.timestamp());
        PartitionJudge judge =
                new PartitionJudge(settings.judge(), geo, new UserBudget(1), place.topic(), place.partition());
        UserMemory memory = UserMemory.NONE;
        if (login.reason() == null && settings.judge().profileEnabled()) {
            memory = restore(userId(login), place, reader, judge);
        }
        Batch batch = new Batch();
        batch.add(record.key(), record.value(), record.offset(), record.timestamp());
        judge.judge(batch, nowMs);
        return new Explanation(record, login, memory, batch.output(0), written(record, login, reader));
    }

    private static byte[] userId(Login login) {
        return login.userId().bytesOr(null);
    }

    /** The user's memory as it is now, and the judge told of it. */
    private UserMemory restore(byte[] userId, RecordPlace place, LogReader reader, PartitionJudge judge) {
        int partition = partitioning() == Partitioning.REKEY
                ? Placement.of(userId, reader.topic(settings.routing().byUser()).partitions())
                : place.partition();
        JournalSearch search = new JournalSearch(reader, progress);
        search.run(new TopicPartition(settings.topics().state(), partition), userId);
        JournalHeader header = search.lastHeader();
        if (header != null) {
            judge.restoreEventTime(header.eventTimeMs());
        }
        byte[] image = search.image();
        if (image == null) {
            return new UserMemory(partition, null);
        }
        judge.restore(ByteBuffer.wrap(image), search.imageVersion());
        return new UserMemory(partition, Remembered.read(ByteBuffer.wrap(image), search.imageVersion()));
    }

    private Partitioning partitioning() {
        if (settings.routing().partitioning() != Partitioning.AUTO) {
            return settings.routing().partitioning();
        }
        return recordedChoice().orElse(Partitioning.KEYED);
    }

    /**
     * The partitioning that is recorded in the state topic.
     *
     * @throws io.gatehouse.engine.state.DamagedJournalException when all that could tell it is damaged
     * @throws Refusal when an open transaction holds it up for long
     */
    private Optional<Partitioning> recordedChoice() {
        TopicPartition state = new TopicPartition(settings.topics().state(), 0);
        ChoiceSearch search = new ChoiceSearch(cluster, state);
        search.questions().forEach(LogReader::answer);
        Consumer<byte[], byte[]> consumer = clients.stateConsumer();
        try {
            long begunNs = System.nanoTime();
            while (!search.turn(consumer)) {
                if (System.nanoTime() - begunNs > LONGEST_STILLNESS_NS) {
                    throw new Refusal("a transaction stays open on " + state
                            + ", and how the group is partitioned cannot be read before it ends");
                }
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
        return search.found();
    }

    /** The first result or dead letter whose source the record is; null when there is none. */
    private ConsumerRecord<byte[], byte[]> written(
            ConsumerRecord<byte[], byte[]> record, Login login, LogReader reader) {
        String tail = "\"source\":{\"topic\":\"" + record.topic() + "\",\"partition\":" + record.partition()
                + ",\"offset\":" + record.offset() + "}}}";
        Predicate<ConsumerRecord<byte[], byte[]>> isResult = candidate -> endsWith(candidate.value(), tail);
        Predicate<ConsumerRecord<byte[], byte[]>> isLetter =
                candidate -> is(candidate, "gatehouse.source.offset", Long.toString(record.offset()))
                        && is(candidate, "gatehouse.source.partition", Integer.toString(record.partition()))
                        && is(candidate, "gatehouse.source.topic", record.topic());
        byte[] user = login.reason() == null ? userId(login) : null;
        // What it is today comes first; it may have been otherwise under other settings.
        ConsumerRecord<byte[], byte[]> found = user == null
                ? search(settings.topics().deadLetters(), record.key(), record, isLetter, reader)
                : search(settings.topics().processed(), user, record, isResult, reader);
        if (found != null) {
            return found;
        }
        return user == null
                ? search(settings.topics().processed(), null, record, isResult, reader)
                : search(settings.topics().deadLetters(), record.key(), record, isLetter, reader);
    }

    private static boolean endsWith(byte[] value, String tail) {
        return value != null
                && value.length > tail.length()
                && new String(value, value.length - tail.length(), tail.length(), ISO_8859_1).equals(tail);
    }

    private static boolean is(ConsumerRecord<byte[], byte[]> record, String header, String value) {
        Header found = record.headers().lastHeader(header);
        return found != null && found.value() != null && new String(found.value(), UTF_8).equals(value);
    }

    /** @param key tells the partition; null to look through all of them */
    private ConsumerRecord<byte[], byte[]> search(
            String topic,
            byte[] key,
            ConsumerRecord<byte[], byte[]> record,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted,
            LogReader reader) {
        int partitions = reader.topic(topic).partitions();
        int first = key == null ? 0 : Placement.of(key, partitions);
        int last = key == null ? partitions - 1 : first;
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        for (int i = first; i <= last && found.isEmpty(); i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            long from = record.timestamp() < 0
                    ? reader.start(partition)
                    : reader.offsetAt(partition, record.timestamp() - CLOCKS_APART_MS);
            long end = reader.end(partition);
            reader.read(partition, from, end, candidate -> {
                progress.at(topic, candidate.offset() - from, end - from);
                if (wanted.test(candidate)) {
                    found.add(candidate);
                }
                return found.isEmpty();
            });
        }
        return found.isEmpty() ? null : found.get(0);
    }
}

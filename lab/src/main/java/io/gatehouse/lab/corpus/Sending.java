package io.gatehouse.lab.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.generate.Draft;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends odd records, each with a good login of another user right behind it in the same partition. The odd record has
 * twice its place in the corpus as its number, and the good login the number after that.
 */
final class Sending implements AutoCloseable {
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final int LARGEST_REQUEST = 4 << 20;

    /** What the broker says of a record that it does not take; the last, of several in one batch. */
    private static final List<Class<?>> REFUSALS =
            List.of(RecordTooLargeException.class, InvalidTimestampException.class, InvalidRecordException.class);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final String strictTopic;
    private final int partitions;
    private final AtomicLongArray acknowledgedNs;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /**
     * A record as it is sent, also without a timestamp: Kafka's format knows that, its producer's constructor does not.
     * An absent one would be given the time of sending.
     */
    private static final class Sent extends ProducerRecord<byte[], byte[]> {
        private final long timestampMs;

        Sent(String topic, int partition, long timestampMs, byte[] key, byte[] value, List<Header> headers) {
            super(topic, partition, null, key, value, headers);
            this.timestampMs = timestampMs;
        }

        static Sent of(CorpusRecord record, String topic, int partition) {
            return new Sent(topic, partition, record.timestampMs(), record.key(), record.value(), record.headers());
        }

        @Override
        public Long timestamp() {
            return timestampMs;
        }
    }

    /**
     * @param strictTopic takes the records that the broker must refuse
     * @param numbers how many numbers there will be
     */
    Sending(Map<String, Object> kafka, String topic, String strictTopic, int partitions, int numbers) {
        this.producer = new KafkaProducer<>(settings(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
        this.strictTopic = strictTopic;
        this.partitions = partitions;
        this.acknowledgedNs = new AtomicLongArray(numbers);
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "gatehouse-corpus");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) GIVE_UP.toMillis());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // The broker, not this producer, is to say what is too large; and sizes are exact only uncompressed.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return settings;
    }

    /** Sends an odd record and the good login behind it. */
    void send(int place, CorpusRecord odd) {
        int number = 2 * place;
        int partition =
                odd.key() == null ? place % partitions : BuiltInPartitioner.partitionForKey(odd.key(), partitions);
        CorpusRecord stamped = odd.stamped(number);
        if (odd.isNotTaken()) {
            producer.send(Sent.of(stamped, strictTopic, 0), mustBeRefused(odd));
        } else {
            producer.send(Sent.of(stamped, topic, partition), acknowledging(number));
        }
        login(number + 1, partition);
    }

    /** Sends a good login of a user of its own to this partition, which is also where the default partitioner puts it. */
    void login(int number, int partition) {
        Draft good = Entries.ordinary(number, user -> place(user) == partition);
        producer.send(
                new Sent(
                        topic,
                        partition,
                        Entries.RECORD_MS,
                        good.user().getBytes(UTF_8),
                        good.bytes(),
                        Stamp.of(number, Expectation.ACCEPTED)),
                acknowledging(number));
    }

    private int place(String user) {
        return BuiltInPartitioner.partitionForKey(user.getBytes(UTF_8), partitions);
    }

    private Callback acknowledging(int number) {
        return (where, problem) -> {
            if (problem == null) {
                acknowledgedNs.set(number, System.nanoTime());
            } else {
                failures.add("record " + number + " could not be sent: " + problem);
            }
        };
    }

    private Callback mustBeRefused(CorpusRecord record) {
        return (where, problem) -> {
            if (problem == null || REFUSALS.stream().noneMatch(refusal -> refusal.isInstance(problem))) {
                failures.add("the broker was to refuse '" + record.name() + "', but "
                        + (problem == null ? "took it" : problem));
            }
        };
    }

    /** Waits until all that was sent is acknowledged or has failed. */
    void flush() {
        producer.flush();
    }

    /** When a record was acknowledged, by {@link System#nanoTime}; 0 when it was not. */
    long acknowledgedNs(int number) {
        return acknowledgedNs.get(number);
    }

    /** What went wrong, in words. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        producer.close(GIVE_UP);
    }
}

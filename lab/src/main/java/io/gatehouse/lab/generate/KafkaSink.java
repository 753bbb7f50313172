package io.gatehouse.lab.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends to a topic, each record once and in order, placed by Kafka's default partitioner; headers tell what it is. */
final class KafkaSink implements Sink {
    /** Longer than a broker's restart, short enough to be told of a broker that is gone. */
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Header run;
    private final Map<Outcome, Header> outcomes = new HashMap<>();
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<String> failure = new AtomicReference<>();
    /** Null where the first send that fails is a failure of the whole. */
    private final Acknowledgements kept;

    /** @param kafka client settings, {@code bootstrap.servers} among them */
    KafkaSink(Map<String, Object> kafka, String topic, String run) {
        this(kafka, topic, run, null);
    }

    /**
     * One that goes on when a send fails.
     *
     * @param kafka client settings, {@code bootstrap.servers} among them
     * @param kept is told what becomes of each send
     */
    KafkaSink(Map<String, Object> kafka, String topic, String run, Acknowledgements kept) {
        this.producer = new KafkaProducer<>(settings(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        this.kept = kept;
        this.topic = topic;
        this.run = new RecordHeader(GeneratorHeaders.RUN, run.getBytes(UTF_8));
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "gatehouse-generator");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) GIVE_UP.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP.toMillis());
        settings.putAll(kafka);
        // A retry must neither repeat an event nor put it behind a later one: the checker counts both.
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return settings;
    }

    @Override
    public void send(GeneratedRecord made) {
        List<Header> headers = List.of(
                run,
                new RecordHeader(GeneratorHeaders.SEQ, Long.toString(made.seq()).getBytes(UTF_8)),
                outcomes.computeIfAbsent(
                        made.outcome(),
                        outcome -> new RecordHeader(
                                GeneratorHeaders.OUTCOME, outcome.label().getBytes(UTF_8))));
        if (kept != null) {
            kept.sending(made.seq());
        }
        try {
            producer.send(
                    new ProducerRecord<>(topic, null, null, made.key(), made.value(), headers), (where, problem) -> {
                        if (problem == null) {
                            written(made.seq(), where);
                        } else {
                            failed(problem);
                        }
                    });
        } catch (KafkaException e) {
            failed(e);
        }
    }

    private void written(long seq, RecordMetadata where) {
        acknowledged.increment();
        if (kept != null) {
            kept.acknowledged(seq, where.partition(), where.offset());
        }
    }

    private void failed(Exception problem) {
        String words = "a record could not be sent to topic " + topic + ": " + problem.getMessage() + ".";
        if (kept == null) {
            failure.compareAndSet(null, words);
        } else {
            kept.failed(words);
        }
    }

    @Override
    public long acknowledged() {
        return acknowledged.sum();
    }

    @Override
    public String failure() {
        return failure.get();
    }

    @Override
    public void close() {
        producer.close(GIVE_UP);
    }
}

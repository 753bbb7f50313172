package io.gatehouse.lab.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.lab.broker.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GeneratorRunTest {
    private static final StreamSettings SETTINGS =
            StreamSettings.realistic(7, Instant.parse("2026-03-02T10:00:00Z"), Duration.ofMillis(5), 500, 0.2);

    @Test
    void eachRecordIsInTheDefaultPartitionersPlaceWithItsHeaders() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start()) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            InputTopic.ensure(kafka, "user-login", 3, 4);
            GeneratorRun run = GeneratorRun.start(SETTINGS, kafka, "user-login", "a-run", 0, 2_000);
            assertThat(run.await(Duration.ofSeconds(30))).isTrue();
            assertThat(run.failure()).isNull();
            assertThat(run.acknowledged()).isEqualTo(2_000);
            assertThat(run.sentByOutcome().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(2_000);

            Map<Long, GeneratedRecord> expected = new HashMap<>();
            LoginStream stream = new LoginStream(SETTINGS);
            IntStream.range(0, 2_000).mapToObj(i -> stream.next()).forEach(made -> expected.put(made.seq(), made));
            for (ConsumerRecord<byte[], byte[]> record : read(kafka, 3, 2_000)) {
                GeneratedRecord made = expected.remove(Long.valueOf(header(record, GeneratorHeaders.SEQ)));
                assertThat(record.key()).isEqualTo(made.key());
                assertThat(record.value()).isEqualTo(made.value());
                assertThat(record.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(made.key())) % 3);
                assertThat(header(record, GeneratorHeaders.RUN)).isEqualTo("a-run");
                assertThat(header(record, GeneratorHeaders.OUTCOME))
                        .isEqualTo(made.outcome().label());
            }
            assertThat(expected).isEmpty();
        }
    }

    @Test
    void whereSendsAreKeptOneThatFailsDoesNotEndTheRun() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start()) {
            // Smaller than some of the events.
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap(), "max.request.size", 450);
            InputTopic.ensure(kafka, "user-login", 3, 4);
            Acknowledgements kept = new Acknowledgements();
            GeneratorRun run = GeneratorRun.start(SETTINGS, kafka, "user-login", "a-run", 0, 2_000, kept);
            assertThat(run.await(Duration.ofSeconds(30))).isTrue();

            assertThat(run.failure()).isNull();
            assertThat(kept.sent()).isEqualTo(2_000);
            assertThat(kept.failed()).isPositive();
            assertThat(kept.failure()).contains("could not be sent to topic user-login");
            Map<Long, Long> places = new HashMap<>();
            read(kafka, 3, (int) kept.acknowledged())
                    .forEach(record -> places.put(
                            Long.valueOf(header(record, GeneratorHeaders.SEQ)),
                            InputPlaces.of(record.partition(), record.offset())));
            for (long seq = 0; seq < 2_000; seq++) {
                assertThat(kept.place(seq)).isEqualTo(places.getOrDefault(seq, InputPlaces.NOWHERE));
            }
            assertThat(kept.acknowledged() + kept.failed()).isEqualTo(2_000);
        }
    }

    @Test
    void aFileHoldsOneValueALine() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        GeneratorRun run = GeneratorRun.start(SETTINGS.onOneLine(), new LineSink(file), 0, 1_000);
        assertThat(run.await(Duration.ofSeconds(30))).isTrue();
        assertThat(file.toString(UTF_8).chars().filter(c -> c == '\n')).hasSize(1_000);
    }

    @Test
    void aRunEndsWhenItIsStopped() {
        GeneratorRun run = GeneratorRun.start(SETTINGS, new LineSink(OutputStream.nullOutputStream()), 50, 0);
        run.stop();
        assertThat(run.acknowledged()).isEqualTo(run.sent());
    }

    @Test
    void aRunEndsAtTheFirstFailureAndSaysWhatItWas() throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        GeneratorRun run = GeneratorRun.start(SETTINGS, new LineSink(full), 0, 0);
        assertThat(run.await(Duration.ofSeconds(30))).isTrue();
        assertThat(run.failure()).contains("disk full");
    }

    @Test
    void theRateHolds() throws Exception {
        long begunNs = System.nanoTime();
        GeneratorRun run = GeneratorRun.start(SETTINGS, new LineSink(OutputStream.nullOutputStream()), 1_000, 500);
        assertThat(run.await(Duration.ofSeconds(30))).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begunNs)).isGreaterThan(Duration.ofMillis(490));
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(Map<String, Object> kafka, int partitions, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition("user-login", partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}

package io.gatehouse.peers.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.generate.GeneratedRecord;
import io.gatehouse.lab.generate.LoginStream;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, generated logins, a contestant that the test runs, and the reference, which says what must come out. */
public final class LiveTrial implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final int USERS = 200;
    private static final double FAULTS = 0.05;
    private static final Duration STEP = Duration.ofMinutes(2);
    private static final Duration WAIT = Duration.ofSeconds(40);
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    private static final String HEAP = "-Xmx768m";
    private static final int IN_ORDER = 0;
    private static final int BY_SIGTERM = 143;

    private static final String INPUT = "logins";
    private static final String PROCESSED = "processed";
    private static final String DEAD_LETTERS = "dead-letters";

    private final EmbeddedBroker broker;
    private final Path directory;
    private final LoginStream logins = new LoginStream(StreamSettings.realistic(6, START, STEP, USERS, FAULTS));
    private int sent;

    private LiveTrial(EmbeddedBroker broker, Path directory) {
        this.broker = broker;
        this.directory = directory;
    }

    /** @param directory an empty one, for the contestant's state and what else is to lie somewhere */
    public static LiveTrial start(Path directory) throws Exception {
        LiveTrial trial = new LiveTrial(EmbeddedBroker.temporary().start(), directory);
        TrialPlaces.write(directory.resolve("places.mmdb"));
        try (Admin admin = Admin.create(trial.client())) {
            List<NewTopic> topics = Stream.of(INPUT, PROCESSED, DEAD_LETTERS)
                    .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
        return trial;
    }

    private String[] arguments(String... knobs) throws IOException {
        Path state = Files.createDirectories(directory.resolve("state"));
        List<String> all = new ArrayList<>(List.of(
                "bootstrap.servers=" + broker.bootstrap(),
                "application=trial",
                "input=" + INPUT,
                "processed=" + PROCESSED,
                "dead-letters=" + DEAD_LETTERS,
                "partitions=" + PARTITIONS,
                "threads=2",
                "commit.interval.ms=100",
                "places=" + directory.resolve("places.mmdb"),
                "state.dir=" + state));
        all.addAll(List.of(knobs));
        return all.toArray(String[]::new);
    }

    /** Sends the next logins, some of them bad events. */
    public void send(int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                GeneratedRecord login = logins.next();
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(INPUT, login.key(), login.value());
                record.headers().add("seq", String.valueOf(login.seq()).getBytes(UTF_8));
                producer.send(record);
            }
        }
        sent += count;
    }

    /** Lets a contestant work as a process until as many results are committed as were sent, and ends it by SIGTERM. */
    public void run(Class<?> contestant, String... knobs) throws Exception {
        try (ChildProcess process = new ChildProcess(contestant.getSimpleName(), directory.resolve("log"))) {
            process.start(ChildProcess.java(List.of(HEAP), contestant, arguments(knobs)));
            awaitResults(process);
            assertThat(process.terminate(WAIT)).isTrue();
            assertThat(process.exitCode())
                    .as("%s", Files.readString(process.log()))
                    .isIn(IN_ORDER, BY_SIGTERM);
        }
    }

    private void awaitResults(ChildProcess process) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(PROCESSED, DEAD_LETTERS)) {
            long deadline = System.nanoTime() + WAIT.toNanos();
            int results = 0;
            while (results < sent) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    fail(results + " of " + sent + " results:\n" + Files.readString(process.log()));
                }
                results += consumer.poll(Duration.ofMillis(100)).count();
            }
        }
    }

    /** Compares all that is committed. */
    public void assertResults() throws Exception {
        Map<TopicPartition, ReferenceJudge> judges = new HashMap<>();
        Map<String, Verdict.Accepted> accepted = new HashMap<>();
        List<String> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> input : readAll(INPUT)) {
            TopicPartition partition = new TopicPartition(INPUT, input.partition());
            Verdict verdict = judges.computeIfAbsent(
                            partition, key -> new ReferenceJudge(new TrialPlaces(), Settings.DEFAULTS))
                    .judge(input.value(), input.timestamp(), INPUT, input.partition(), input.offset());
            if (verdict instanceof Verdict.Accepted login) {
                accepted.put(place(input.partition(), input.offset()), login);
            } else {
                Verdict.Refused refused = (Verdict.Refused) verdict;
                letters.add(letter(input, refused.reason(), String.valueOf(refused.field())));
            }
        }
        assertThat(letters).isNotEmpty();
        for (ConsumerRecord<byte[], byte[]> output : readAll(PROCESSED)) {
            ProcessedEvent event = new ProcessedEvent(output.key(), output.value());
            Verdict.Accepted expected = accepted.remove(place(event.partition(), event.offset()));
            assertThat(expected)
                    .as("of %s, once", place(event.partition(), event.offset()))
                    .isNotNull();
            event.assertIs(expected);
            assertThat(header(output, "seq")).isNotEqualTo("null");
        }
        assertThat(accepted).isEmpty();
        assertThat(readAll(DEAD_LETTERS).stream()
                        .map(letter ->
                                letter(letter, header(letter, "gatehouse.reason"), header(letter, "gatehouse.field"))))
                .containsExactlyInAnyOrderElementsOf(letters);
    }

    private static String place(int partition, long offset) {
        return partition + "@" + offset;
    }

    private static String letter(ConsumerRecord<byte[], byte[]> record, String reason, String field) {
        return reason + " " + field + " " + header(record, "seq") + " " + base64(record.key()) + " "
                + base64(record.value());
    }

    private static String base64(byte[] bytes) {
        return bytes == null ? "null" : Base64.getEncoder().encodeToString(bytes);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "null" : new String(header.value(), UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            long deadline = System.nanoTime() + WAIT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                assertThat(System.nanoTime()).as("reading to %s", ends).isLessThan(deadline);
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    /** At the beginnings of topics, reading what is committed. */
    private KafkaConsumer<byte[], byte[]> consumer(String... topics) {
        Map<String, Object> settings = client();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(topics)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private Map<String, Object> client() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrap());
        return settings;
    }

    @Override
    public void close() {
        broker.close();
    }
}

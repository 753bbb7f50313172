package io.gatehouse.lab.chaos;

import io.gatehouse.lab.check.CheckImpossible;
import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.lab.cluster.Cluster;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import io.gatehouse.reference.Places;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A small pipeline with one worker, which is broken so that it cannot go on. */
final class Side implements AutoCloseable {
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final Duration STEP = Duration.ofMillis(500);
    private static final int PARTITIONS = 3;
    private static final int HEAP_MEGABYTES = 192;
    private static final long LOGINS = 1_000;
    private static final int USERS = 100;
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration IN_ORDER = Duration.ofSeconds(30);
    /** Long enough for a worker that does not refuse to write something. */
    private static final Duration NOTHING_HAPPENS_FOR = Duration.ofSeconds(3);

    private static final int MOST_QUOTED = 400;

    private final Cluster cluster;
    private final Places places;
    private final Path logs;
    private final String name;
    private final long seed;
    private final Admin admin;
    private Pipeline pipeline;
    private Workers workers;
    private Worker worker;
    private long results;
    private int runs;

    Side(Cluster cluster, Places places, Path logs, String name, long seed) {
        this.cluster = cluster;
        this.places = places;
        this.logs = logs;
        this.name = name;
        this.seed = seed;
        this.admin = Admin.create(cluster.direct());
        use(name, Map.of());
    }

    private void use(String applicationId, Map<String, String> topics) {
        Map<String, String> settings = new LinkedHashMap<>(cluster.forWorkers());
        settings.put("topics.replication", "3");
        settings.put("input.partitioning", "keyed");
        settings.put("worker.threads", "1");
        settings.put("stats.publish-interval", "1s");
        settings.putAll(topics);
        pipeline = new Pipeline(cluster.direct(), applicationId, PARTITIONS, HEAP_MEGABYTES, settings);
        workers = new Workers(pipeline, logs);
    }

    /** Makes the topics, works some logins off, and checks what came of them. */
    void work() throws InterruptedException {
        createTopics();
        worker = workers.add();
        worker.start();
        send();
        mustBeContent();
        results = results();
    }

    private void send() throws InterruptedException {
        runs++;
        StreamSettings stream = StreamSettings.realistic(seed * 10 + runs, START, STEP, USERS, 0.05);
        try (GeneratorRun run =
                GeneratorRun.start(stream, pipeline.kafka(), pipeline.inputTopic(), name + "-" + runs, 0, LOGINS)) {
            if (!run.await(WAIT) || run.failure() != null) {
                throw new ProcessException("traffic of " + name + " could not be sent: " + run.failure());
            }
        }
    }

    private void mustBeContent() {
        try {
            PipelineCheck.Report report = PipelineCheck.run(pipeline.check(WAIT), places);
            if (!report.isContent()) {
                throw new NotSurvived(
                        pipeline.applicationId() + ": " + report.differences().get(0));
            }
        } catch (CheckImpossible e) {
            throw new NotSurvived(pipeline.applicationId() + ": " + e.getMessage());
        }
    }

    void deleteState() throws InterruptedException {
        deleteAndCreateAgain(stateTopic());
    }

    void deleteInput() throws InterruptedException {
        deleteAndCreateAgain(pipeline.inputTopic());
    }

    private String stateTopic() {
        return pipeline.applicationId() + "-state";
    }

    private void deleteAndCreateAgain(String topic) throws InterruptedException {
        answer(admin.deleteTopics(List.of(topic)).all());
        if (!Scene.await(() -> !exists(topic), WAIT)) {
            throw new ProcessException("topic " + topic + " does not go away");
        }
        createTopics();
    }

    /** For a moment after topics came or went brokers do not agree on what there is. */
    private void createTopics() throws InterruptedException {
        if (!Scene.await(this::areTopicsCreated, WAIT)) {
            throw new ProcessException("the topics of " + pipeline.applicationId() + " cannot be created");
        }
    }

    private boolean areTopicsCreated() {
        try {
            pipeline.createTopics();
            return true;
        } catch (ProcessException notYet) {
            return false;
        }
    }

    private boolean exists(String topic) {
        return answer(admin.listTopics().names()).contains(topic);
    }

    void addPartitions() {
        answer(admin.createPartitions(Map.of(pipeline.inputTopic(), NewPartitions.increaseTo(PARTITIONS + 1)))
                .all());
    }

    /** The newest block of each journal comes again with a bit altered, as a disk might do it; then the worker starts anew. */
    void damageJournals() throws InterruptedException {
        worker.stop(IN_ORDER);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(cluster.direct(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = 0; number < PARTITIONS; number++) {
                byte[] block = newest(new TopicPartition(stateTopic(), number));
                block[block.length - 1] ^= 1;
                producer.send(new ProducerRecord<>(stateTopic(), number, null, block));
            }
        }
        worker.start();
    }

    private byte[] newest(TopicPartition partition) {
        Map<String, Object> settings = new LinkedHashMap<>(cluster.direct());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            byte[] newest = null;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    newest = record.value();
                }
            }
            return newest;
        }
    }

    /** @throws NotSurvived when the worker's health does not say these words in time */
    void mustSay(String words, Duration longest) throws InterruptedException {
        if (!Scene.await(() -> worker.health().contains(words), longest)) {
            String health = worker.health();
            throw new NotSurvived(name + " does not say '" + words + "' in its health, which begins with "
                    + health.substring(0, Math.min(MOST_QUOTED, health.length())));
        }
    }

    /** More logins come; the worker must neither touch them nor end. */
    void mustDoNoHarm() throws InterruptedException {
        send();
        Scene.hold(NOTHING_HAPPENS_FOR);
        workers.mustLive();
        long now = results();
        if (now != results) {
            throw new NotSurvived(
                    name + " has written " + (now - results) + " more results, though it refuses to work");
        }
    }

    /** Records in the topics of results, and marks of transactions among them. */
    private long results() {
        Map<TopicPartition, OffsetSpec> ends = Stream.of(pipeline.processedTopic(), pipeline.deadLetterTopic())
                .flatMap(topic -> IntStream.range(0, PARTITIONS).mapToObj(number -> new TopicPartition(topic, number)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return answer(admin.listOffsets(ends).all()).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /**
     * Starts afresh, as the documentation says: another application with topics of its own, on the input as it is now.
     *
     * @return from the start of its worker until all of the input was worked off, and checked
     */
    Duration mend() throws InterruptedException {
        worker.stop(IN_ORDER);
        use(name + "-afresh", Map.of("input.topic", pipeline.inputTopic()));
        createTopics();
        long begunNs = System.nanoTime();
        worker = workers.add();
        worker.start();
        mustBeContent();
        return Duration.ofNanos(System.nanoTime() - begunNs);
    }

    private static <T> T answer(KafkaFuture<T> question) {
        try {
            return question.get(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ProcessException("the brokers do not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted while the brokers were asked", e);
        }
    }

    /** Kills what runs, and deletes its topics: many sides would fill the brokers. */
    @Override
    public void close() {
        workers.close();
        try (admin) {
            List<String> topics = answer(admin.listTopics().names()).stream()
                    .filter(topic -> topic.startsWith(name + "-"))
                    .toList();
            answer(admin.deleteTopics(topics).all());
        }
    }
}

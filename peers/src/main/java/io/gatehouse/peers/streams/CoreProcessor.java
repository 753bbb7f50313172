package io.gatehouse.peers.streams;

import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.Publications;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.peers.job.Refusal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Judges the records of one partition with Gatehouse's core. */
final class CoreProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration PUBLISH_EVERY = Duration.ofSeconds(1);

    private final JudgeSettings settings;
    private final GeoTable places;
    private final UserBudget budget;
    private final String topic;
    private final Batch batch = new Batch();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> images;
    private PartitionJudge judge;
    /** When what is published is being published, epoch milliseconds. */
    private long nowMs;

    private final Publications sessions = new Publications() {
        @Override
        public void session(byte[] key, byte[] value) {
            context.forward(new Record<>(key, value, nowMs), CoreInStreams.SESSIONS);
        }

        @Override
        public void statistics(byte[] key, byte[] value) {
            throw new IllegalStateException("statistics are not counted");
        }
    };

    CoreProcessor(JudgeSettings settings, GeoTable places, UserBudget budget, String topic) {
        this.settings = settings;
        this.places = places;
        this.budget = budget;
        this.topic = topic;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> ofTask) {
        context = ofTask;
        images = context.getStateStore(CoreInStreams.IMAGES);
        judge = new PartitionJudge(
                settings, places, budget, topic, context.taskId().partition());
        restore();
        if (settings.publishesSessions()) {
            context.schedule(PUBLISH_EVERY, PunctuationType.WALL_CLOCK_TIME, this::publish);
        }
    }

    /** The partition's event time is the latest login of any of its users. */
    private void restore() {
        try (KeyValueIterator<byte[], byte[]> all = images.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> next = all.next();
                judge.restore(ByteBuffer.wrap(next.value), PartitionJudge.IMAGE_VERSION);
                judge.restoreEventTime(Math.max(judge.eventTimeMs(), UserImage.lastMs(next.value)));
            }
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata().orElseThrow();
        nowMs = context.currentSystemTimeMs();
        batch.clear();
        batch.add(record.key(), record.value(), source.offset(), record.timestamp());
        judge.judge(batch, nowMs);
        if (batch.isAccepted(0)) {
            context.forward(
                    new Record<>(batch.outputKey(0), batch.output(0), nowMs, record.headers()),
                    CoreInStreams.PROCESSED);
        } else {
            context.forward(LoginProcessor.deadLetter(record, refusal(), nowMs), CoreInStreams.DEAD_LETTERS);
        }
        publish(nowMs);
    }

    private Refusal refusal() {
        String field = batch.field(0) == null ? null : batch.field(0).label();
        return new Refusal(batch.reason(0).label(), field);
    }

    /** What has changed with the last record, or by silence, is kept together with what is published of it. */
    private void publish(long atMs) {
        nowMs = atMs;
        judge.publish(atMs, sessions);
        judge.drainChanges(this::keep);
    }

    private void keep(byte[] from, int offset, int lengthBytes) {
        byte[] image = Arrays.copyOfRange(from, offset, offset + lengthBytes);
        if (UserImage.isForgotten(image)) {
            images.delete(UserImage.key(image));
        } else {
            images.put(UserImage.key(image), image);
        }
    }

    @Override
    public void close() {
        judge.close();
    }
}

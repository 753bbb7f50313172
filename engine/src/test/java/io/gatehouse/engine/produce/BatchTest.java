package io.gatehouse.engine.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchTest {
    private static final TopicPartition PARTITION = new TopicPartition("some-topic", 3);
    private static final long NOW_MS = 1_700_000_000_000L;

    private final RecordWriter writer = new RecordWriter();

    /** Read by Kafka's own classes, as a broker or a consumer would. */
    @ParameterizedTest
    @EnumSource
    void isReadBackAsItWasWritten(CompressionType type) {
        SplittableRandom random = new SplittableRandom(type.id);
        Batch batch = batch(type, 64);
        List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
        List<Long> timestamps = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            ProducerRecord<byte[], byte[]> record = record(random);
            long timestampMs = NOW_MS + random.nextInt(-5_000, 5_000);
            batch.append(writer, record, timestampMs, null);
            written.add(record);
            timestamps.add(timestampMs);
        }
        batch.seal(NOW_MS);
        batch.number(new ProducerIdentity(77, (short) 5), 1_234);

        List<MutableRecordBatch> batches =
                Utils.toList(batch.content().batches().iterator());
        assertThat(batches).hasSize(1);
        MutableRecordBatch read = batches.get(0);
        read.ensureValid();
        assertThat(read.isTransactional()).isTrue();
        assertThat(read.isControlBatch()).isFalse();
        assertThat(read.compressionType()).isEqualTo(type);
        assertThat(read.producerId()).isEqualTo(77);
        assertThat(read.producerEpoch()).isEqualTo((short) 5);
        assertThat(read.baseSequence()).isEqualTo(1_234);
        assertThat(read.lastSequence()).isEqualTo(1_234 + 1_999);
        assertThat(read.maxTimestamp())
                .isEqualTo(timestamps.stream().mapToLong(Long::longValue).max().orElseThrow());
        assertThat(read.sizeInBytes()).isEqualTo(batch.sizeBytes());
        int i = 0;
        for (Record record : read) {
            ProducerRecord<byte[], byte[]> expected = written.get(i);
            assertThat(record.offset()).isEqualTo(i);
            assertThat(record.timestamp()).isEqualTo(timestamps.get(i));
            assertThat(Utils.toNullableArray(record.key())).isEqualTo(expected.key());
            assertThat(Utils.toNullableArray(record.value())).isEqualTo(expected.value());
            assertThat(record.headers()).isEqualTo(expected.headers().toArray());
            i++;
        }
        assertThat(i).isEqualTo(written.size());
    }

    /** Of all shapes: without key, value or headers, empty, with more headers than names are kept, large. */
    private static ProducerRecord<byte[], byte[]> record(SplittableRandom random) {
        byte[] key = random.nextInt(4) == 0 ? null : bytes(random, random.nextInt(40));
        byte[] value =
                random.nextInt(8) == 0 ? null : bytes(random, random.nextInt(random.nextInt(50) == 0 ? 30_000 : 900));
        List<Header> headers = new ArrayList<>();
        for (int left = random.nextInt(3) == 0 ? 0 : random.nextInt(12); left > 0; left--) {
            headers.add(new RecordHeader(
                    "näme-" + random.nextInt(5), random.nextInt(5) == 0 ? null : bytes(random, random.nextInt(200))));
        }
        return new ProducerRecord<>(PARTITION.topic(), null, null, key, value, headers);
    }

    /** Half of it is easy to compress. */
    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, length / 2, (byte) 'x');
        return bytes;
    }

    @Test
    void aBatchSentAgainUnderAnotherEpochIsAsValid() {
        Batch batch = batch(CompressionType.LZ4, 4_096);
        batch.append(writer, of("one"), NOW_MS, null);
        batch.seal(NOW_MS);
        batch.number(new ProducerIdentity(1, (short) 0), 9);
        batch.number(new ProducerIdentity(1, (short) 1), 0);

        MutableRecordBatch read = batch.content().batches().iterator().next();
        read.ensureValid();
        assertThat(read.producerEpoch()).isEqualTo((short) 1);
        assertThat(read.baseSequence()).isZero();
    }

    @Test
    void eachRecordsCallbackIsToldItsOwnOffset() throws Exception {
        List<String> told = new ArrayList<>();
        Batch batch = batch(CompressionType.NONE, 64);
        batch.append(writer, of("one"), NOW_MS, (where, why) -> told.add("first " + where.offset()));
        batch.append(writer, of("two"), NOW_MS, null);
        ProduceAnswer third =
                batch.append(writer, of("three"), NOW_MS, (where, why) -> told.add("third " + where.offset()));
        batch.seal(NOW_MS);
        assertThat(third.isDone()).isFalse();

        batch.acknowledge(100);
        batch.giveUp(new IllegalStateException("too late"));

        assertThat(told).containsExactly("first 100", "third 102");
        assertThat(third.isDone()).isTrue();
        RecordMetadata where = third.get();
        assertThat(where.offset()).isEqualTo(102);
        assertThat(where.partition()).isEqualTo(3);
    }

    @Test
    void whatIsGivenUpIsToldToEachRecord() {
        List<Exception> told = new ArrayList<>();
        Batch batch = batch(CompressionType.NONE, 64);
        batch.append(writer, of("one"), NOW_MS, (where, why) -> told.add(why));
        ProduceAnswer second = batch.append(writer, of("two"), NOW_MS, (where, why) -> told.add(why));
        IllegalStateException why = new IllegalStateException("given up");

        batch.giveUp(why);

        assertThat(told).containsExactly(why, why);
        assertThat(second)
                .failsWithin(0, java.util.concurrent.TimeUnit.SECONDS)
                .withThrowableThat()
                .withCause(why);
    }

    private static Batch batch(CompressionType type, int bufferBytes) {
        return new Batch(PARTITION, Compression.of(type).build(), ByteBuffer.allocate(bufferBytes));
    }

    private static ProducerRecord<byte[], byte[]> of(String value) {
        return new ProducerRecord<>(PARTITION.topic(), value.getBytes(UTF_8));
    }
}

package io.gatehouse.lab.compare;

import io.gatehouse.engine.EngineSettings.Topics;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The last of what Gatehouse wrote in a round of its own, for a copy to write in its place: results, and what comes beside
 * them, which is sessions, statistics and the journal. So a copy writes as many bytes, and they compress alike.
 */
final class Outputs {
    /** Results that are kept, about. */
    private static final int KEPT = 50_000;

    private static final Duration POLL = Duration.ofMillis(200);

    /** What comes beside results. */
    private enum Kind {
        SESSION,
        STATISTICS,
        JOURNAL;

        private String topic(Topics topics) {
            return switch (this) {
                case SESSION -> topics.sessions();
                case STATISTICS -> topics.statistics();
                case JOURNAL -> topics.state();
            };
        }
    }

    /** @param key empty for none */
    private record Beside(Kind kind, int partition, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> to(Topics topics) {
            return new ProducerRecord<>(kind.topic(topics), partition, key.length == 0 ? null : key, value);
        }
    }

    private final byte[][] results;
    private final List<Beside> besides;
    private int nextResult;
    private int nextBeside;
    /** How much of what comes beside results is due, in {@code 1 / results.length} of a record. */
    private long due;

    private Outputs(byte[][] results, List<Beside> besides) {
        this.results = results;
        this.besides = besides;
    }

    /**
     * Writes down the end of what lies in a ground's topics: of each topic the same share, which was written in the same
     * time.
     *
     * @param ground that Gatehouse has just left
     */
    static void capture(Ground ground, Path file) throws IOException {
        Topics topics = ground.pipeline(Map.of()).configuration().engine().topics();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            double share;
            try (KafkaConsumer<byte[], byte[]> reader = Committed.reader(ground, topics.processed())) {
                long all = reader.endOffsets(reader.assignment()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                share = Math.min(1, (double) KEPT / all);
                write(last(reader, share), out);
            }
            for (Kind kind : Kind.values()) {
                try (KafkaConsumer<byte[], byte[]> reader = Committed.reader(ground, kind.topic(topics))) {
                    write(last(reader, share), out);
                }
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> last(KafkaConsumer<byte[], byte[]> reader, double share) {
        Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
        // The journal's beginning may have been deleted meanwhile.
        Map<TopicPartition, Long> beginnings = reader.beginningOffsets(reader.assignment());
        ends.forEach((partition, end) ->
                reader.seek(partition, Math.max(beginnings.get(partition), (long) (end * (1 - share)))));
        List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            reader.poll(POLL).forEach(last::add);
        }
        return last;
    }

    private static void write(List<ConsumerRecord<byte[], byte[]>> records, DataOutputStream out) throws IOException {
        out.writeInt(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            out.writeInt(record.partition());
            write(record.key() == null ? new byte[0] : record.key(), out);
            write(record.value(), out);
        }
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Outputs read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            byte[][] results = new byte[in.readInt()][];
            for (int i = 0; i < results.length; i++) {
                in.readInt();
                in.skipNBytes(in.readInt());
                results[i] = in.readNBytes(in.readInt());
            }
            List<Beside> besides = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                int records = in.readInt();
                for (int i = 0; i < records; i++) {
                    besides.add(
                            new Beside(kind, in.readInt(), in.readNBytes(in.readInt()), in.readNBytes(in.readInt())));
                }
            }
            return new Outputs(results, besides);
        }
    }

    /** For a thread of its own. */
    Outputs another() {
        return new Outputs(results, besides);
    }

    /** The next result, from the beginning again after the last. */
    byte[] next() {
        byte[] value = results[nextResult];
        nextResult = nextResult + 1 == results.length ? 0 : nextResult + 1;
        return value;
    }

    /** What comes beside so many results. */
    List<ProducerRecord<byte[], byte[]>> beside(int some, Topics topics) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        due += (long) some * besides.size();
        for (; due >= results.length; due -= results.length) {
            records.add(besides.get(nextBeside).to(topics));
            nextBeside = nextBeside + 1 == besides.size() ? 0 : nextBeside + 1;
        }
        return records;
    }
}

package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What is written in place of a record: nothing, another one, several; or the very same, when it is not concerned. */
interface RecordChange extends Function<ProducerRecord<byte[], byte[]>, List<ProducerRecord<byte[], byte[]>>> {
    Pattern SOURCE = Pattern.compile("\"source\":\\{\"topic\":\"(.*?)\",\"partition\":(\\d+),\"offset\":(\\d+)\\}");

    static RecordChange lost() {
        return record -> List.of();
    }

    static RecordChange doubled() {
        return record -> List.of(record, record);
    }

    static RecordChange value(UnaryOperator<byte[]> change) {
        return record -> {
            byte[] changed = change.apply(record.value());
            return List.of(Arrays.equals(changed, record.value()) ? record : with(record, record.key(), changed));
        };
    }

    /** Other text in the value, where it has such text. */
    static RecordChange text(String pattern, String replacement) {
        return value(value -> value == null
                ? null
                : new String(value, UTF_8).replaceFirst(pattern, replacement).getBytes(UTF_8));
    }

    static RecordChange key(String key) {
        return record -> List.of(with(record, key.getBytes(UTF_8), record.value()));
    }

    static RecordChange header(String name, String text) {
        return record -> {
            ProducerRecord<byte[], byte[]> changed = with(record, record.key(), record.value());
            changed.headers().remove(name).add(name, text.getBytes(UTF_8));
            return List.of(changed);
        };
    }

    /** Both records, the second of which another change makes. */
    static RecordChange and(RecordChange other) {
        return record -> List.of(record, other.apply(record).get(0));
    }

    /** A processed event as a dead letter. */
    static RecordChange refusedInto(String deadLetters) {
        return record -> {
            Matcher source = SOURCE.matcher(new String(record.value(), UTF_8));
            if (!source.find()) {
                throw new IllegalArgumentException("no source in " + source);
            }
            ProducerRecord<byte[], byte[]> letter =
                    new ProducerRecord<>(deadLetters, null, record.key(), record.value(), record.headers());
            letter.headers().add("gatehouse.source.topic", source.group(1).getBytes(UTF_8));
            letter.headers().add("gatehouse.source.partition", source.group(2).getBytes(UTF_8));
            letter.headers().add("gatehouse.source.offset", source.group(3).getBytes(UTF_8));
            return List.of(letter);
        };
    }

    /** A login to the partition behind its own, where its user has had another before. */
    static RecordChange strayed(int partitions) {
        Set<String> users = new HashSet<>();
        return record -> {
            boolean hasEarlier = record.key() != null && !users.add(new String(record.key(), UTF_8));
            return List.of(
                    hasEarlier
                            ? new ProducerRecord<>(
                                    record.topic(),
                                    (record.partition() + 1) % partitions,
                                    record.key(),
                                    record.value(),
                                    record.headers())
                            : record);
        };
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> record, byte[] key, byte[] value) {
        return new ProducerRecord<>(
                record.topic(),
                record.partition(),
                record.timestamp(),
                key,
                value,
                new RecordHeaders(record.headers()));
    }
}

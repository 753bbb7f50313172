package io.gatehouse.engine.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.reference.Checker;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Reads what a history has written, as a committed reader, and holds it against the reference. */
final class SimChecker {
    private static final Pattern SOURCE =
            Pattern.compile("\"source\":\\{\"topic\":\"[^\"]*\",\"partition\":(\\d+),\"offset\":(\\d+)}}}$");
    private static final Pattern PROCESSED_AT = Pattern.compile("\"processed_timestamp\":\"([^\"]*)\"");

    private final SimKafka kafka;
    private final String input;
    private final boolean remembers;
    private final Map<TopicPartition, Long> since = new HashMap<>();
    private final Map<String, byte[]> verdicts = new HashMap<>();
    private final Map<String, byte[]> lastStatistics = new HashMap<>();

    SimChecker(SimKafka kafka, String input) {
        this(kafka, input, true);
    }

    /** @param remembers whether anything was remembered of users */
    SimChecker(SimKafka kafka, String input, boolean remembers) {
        this.remembers = remembers;
        this.kafka = kafka;
        this.input = input;
    }

    /** Looks only at verdicts that are not there yet: those before belong to a life that was given up. */
    SimChecker fromNowOn(String processed, String deadLetters) {
        for (int partition = 0; partition < kafka.partitions(input); partition++) {
            for (String topic : new String[] {processed, deadLetters}) {
                TopicPartition written = new TopicPartition(topic, partition);
                since.put(written, kafka.log(written).endOffset());
            }
        }
        return this;
    }

    /** @throws AssertionError when something was lost, doubled, reordered or told otherwise than the reference does */
    void check(String processed, String deadLetters, String statistics) {
        everyTransactionFencesWhatItWrites();
        if (remembers) {
            collectStatistics(statistics);
        }
        for (int partition = 0; partition < kafka.partitions(input); partition++) {
            collectProcessed(new TopicPartition(processed, partition));
            collectDeadLetters(new TopicPartition(deadLetters, partition));
        }
        for (int partition = 0; partition < kafka.partitions(input); partition++) {
            compare(new TopicPartition(input, partition));
        }
        assertThat(verdicts.keySet())
                .as("verdicts on records that were never written")
                .isEmpty();
        assertThat(lastStatistics.keySet())
                .as("statistics of what was never written")
                .isEmpty();
    }

    /** An empty offset commit fences nobody: whoever writes a partition's journal must commit its offset with it. */
    private void everyTransactionFencesWhatItWrites() {
        for (SimTransaction transaction : kafka.transactions()) {
            if (transaction.isCommitted()) {
                for (TopicPartition touched : transaction.touched.keySet()) {
                    if (touched.topic().endsWith("-state")) {
                        assertThat(transaction.offsets)
                                .as("offsets of a transaction that writes " + touched)
                                .containsKey(new TopicPartition(input, touched.partition()));
                    }
                }
            }
        }
    }

    private void collectProcessed(TopicPartition partition) {
        SimLog log = kafka.log(partition);
        Map<String, Long> lastOffset = new HashMap<>();
        for (long offset = since.getOrDefault(partition, 0L); offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                SimLog.Entry entry = log.at(offset);
                Matcher source = SOURCE.matcher(new String(entry.value(), UTF_8));
                assertThat(source.find()).isTrue();
                collect(source.group(1) + "/" + source.group(2), entry.value());
                Long before = lastOffset.put(
                        new String(entry.key(), UTF_8) + "/" + source.group(1), Long.parseLong(source.group(2)));
                assertThat(before == null || before < Long.parseLong(source.group(2)))
                        .as("order of a user's logins in " + partition)
                        .isTrue();
            }
        }
    }

    private void collectDeadLetters(TopicPartition partition) {
        SimLog log = kafka.log(partition);
        for (long offset = since.getOrDefault(partition, 0L); offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                Headers headers = log.at(offset).headers();
                collect(
                        header(headers, "gatehouse.source.partition") + "/"
                                + header(headers, "gatehouse.source.offset"),
                        header(headers, "gatehouse.reason").getBytes(UTF_8));
            }
        }
    }

    private void collectStatistics(String topic) {
        for (int partition = 0; partition < kafka.partitions(topic); partition++) {
            SimLog log = kafka.log(new TopicPartition(topic, partition));
            for (long offset = 0; offset < log.endOffset(); offset++) {
                if (log.isVisible(offset)) {
                    SimLog.Entry entry = log.at(offset);
                    lastStatistics.put(new String(entry.key(), UTF_8), entry.value());
                }
            }
        }
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    private void collect(String source, byte[] verdict) {
        assertThat(verdicts.put(source, verdict))
                .as("a second verdict on " + source)
                .isNull();
    }

    private void compare(TopicPartition partition) {
        ReferenceJudge reference = new ReferenceJudge(address -> null, settings());
        SimLog log = kafka.log(partition);
        for (long offset = 0; offset < log.endOffset(); offset++) {
            SimLog.Entry entry = log.at(offset);
            Verdict expected =
                    reference.judge(entry.value(), entry.timestampMs(), input, partition.partition(), offset);
            byte[] verdict = verdicts.remove(partition.partition() + "/" + offset);
            assertThat(verdict).as("the verdict on " + partition + "/" + offset).isNotNull();
            String actual = new String(verdict, UTF_8);
            assertThat(actual).as("the verdict on " + partition + "/" + offset).isEqualTo(told(expected, actual));
        }
        if (!remembers) {
            return;
        }
        reference.statistics(partition.partition()).forEach((key, expected) -> {
            byte[] actual = lastStatistics.remove(key);
            assertThat(actual).as("statistics " + key).isNotNull();
            assertThat(Checker.differencesInStatistics(expected, actual))
                    .as("statistics " + key)
                    .isEmpty();
        });
    }

    private Settings settings() {
        Settings usual = Settings.DEFAULTS;
        return new Settings(
                usual.maxEventBytes(),
                usual.sessionGapMs(),
                usual.retentionMs(),
                usual.sessionsLatenessMs(),
                usual.statsWindowMs(),
                remembers);
    }

    private static String told(Verdict expected, String actual) {
        if (expected instanceof Verdict.Accepted accepted) {
            Matcher processedAt = PROCESSED_AT.matcher(actual);
            long atMs = processedAt.find() ? Instant.parse(processedAt.group(1)).toEpochMilli() : 0;
            return new String(accepted.output(atMs), UTF_8);
        }
        return ((Verdict.Refused) expected).reason();
    }
}

package io.gatehouse.lab.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.process.ProcessException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows what comes out, as a reader of committed records sees it, and when; on a thread of its own. Each record's number
 * tells which one it came from.
 */
final class Outcomes implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long LOOK_EVERY_NS = 5_000_000;
    private static final String ENRICHMENT = ",\"enrichment\":{";
    private static final Pattern EVENT_TIME = Pattern.compile("\"event_time\":\"([^\"]*)\"");
    private static final Pattern CATEGORY = Pattern.compile("\"ip_category\":\"([^\"]*)\"");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String processed;
    private final Expectation[] outcomes;
    private final long[] seenNs;
    private final List<String> strange = new ArrayList<>();
    private final Thread thread = new Thread(this::follow, "outcomes");
    private int seen;
    private RuntimeException failure;
    private volatile boolean closing;

    /** @param numbers how many numbers there will be */
    Outcomes(Map<String, Object> kafka, String processed, String deadLetters, int numbers) {
        this.processed = processed;
        this.outcomes = new Expectation[numbers];
        this.seenNs = new long[numbers];
        consumer = new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(processed, deadLetters)) {
            consumer.partitionsFor(topic).forEach(found -> all.add(new TopicPartition(topic, found.partition())));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        thread.start();
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gatehouse-corpus");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return settings;
    }

    private void follow() {
        try (consumer) {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record, System.nanoTime());
                }
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record, long nowNs) {
        int number = Stamp.seq(record.headers());
        String where = record.topic() + "-" + record.partition() + "@" + record.offset();
        if (number < 0 || number >= outcomes.length) {
            strange.add(where + " comes from no record that was sent");
        } else if (outcomes[number] != null) {
            strange.add(where + " comes from record " + number + ", which came out before");
        } else {
            outcomes[number] = record.topic().equals(processed) ? accepted(record.value()) : refused(record);
            seenNs[number] = nowNs;
            seen++;
        }
    }

    /** The enrichment is the last member, and nothing in it begins as it does. */
    private static Expectation accepted(byte[] value) {
        String text = new String(value, UTF_8);
        String enrichment = text.substring(Math.max(0, text.lastIndexOf(ENRICHMENT)));
        return new Expectation(
                Expectation.ACCEPTED.outcome(), first(CATEGORY, enrichment), first(EVENT_TIME, enrichment));
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : null;
    }

    private static Expectation refused(ConsumerRecord<byte[], byte[]> record) {
        Header field = record.headers().lastHeader("gatehouse.field");
        String reason =
                new String(record.headers().lastHeader("gatehouse.reason").value(), UTF_8);
        return new Expectation(field == null ? reason : reason + " " + new String(field.value(), UTF_8), null, null);
    }

    /**
     * Waits until so many records have come out.
     *
     * @param mayGoOn asked meanwhile; false ends the waiting
     * @return whether they have
     */
    boolean await(int records, Duration longest, BooleanSupplier mayGoOn) {
        long deadlineNs = System.nanoTime() + longest.toNanos();
        while (seen() < records) {
            if (System.nanoTime() > deadlineNs || !mayGoOn.getAsBoolean()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        return true;
    }

    /**
     * How many records have come out.
     *
     * @throws ProcessException when they cannot be read any more
     */
    synchronized int seen() {
        if (failure != null) {
            throw new ProcessException("what comes out cannot be read: " + failure.getMessage(), failure);
        }
        return seen;
    }

    /** What became of a record; null when it has not come out. */
    synchronized Expectation of(int number) {
        return outcomes[number];
    }

    /** When a record was first seen to have come out, by {@link System#nanoTime}. */
    synchronized long seenNs(int number) {
        return seenNs[number];
    }

    /** What came out and should not have, in words. */
    synchronized List<String> strange() {
        return List.copyOf(strange);
    }

    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.ACCEPTED;
import static io.gatehouse.lab.corpus.Expectation.EMPTY_VALUE;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;
import static io.gatehouse.lab.corpus.Expectation.NOT_TAKEN;
import static io.gatehouse.lab.corpus.Expectation.TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.generate.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** What is odd about a record rather than its value: key, headers, size, timestamp. Each with a good value and a bad one. */
final class KafkaOddities {
    /** The largest batch that the corpus's topic takes, bytes: Kafka's own default. */
    static final int MAX_MESSAGE_BYTES = 1_048_588;

    /** So far ahead of the clock the topic of refused records still takes a record. */
    static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    /** What the broker's clock may have moved on by when the record comes. */
    private static final Duration SENDING = Duration.ofMinutes(10);

    private static final List<String> OWN_NAMES = List.of(
            "gatehouse.reason",
            "gatehouse.field",
            "gatehouse.source.topic",
            "gatehouse.source.partition",
            "gatehouse.source.offset",
            "gatehouse.source.timestamp",
            "gatehouse.failed_at",
            "gatehouse.version",
            "gatehouse.attempt",
            "gatehouse.route.origin",
            "gatehouse.route.refused",
            "gatehouse.",
            "gatehouse.other",
            "gatehouse.\u0000");

    private static final List<String> FOREIGN_NAMES = List.of(
            "gatehouse",
            "Gatehouse.reason",
            "GATEHOUSE.REASON",
            "gatehouse_reason",
            " gatehouse.reason",
            "xgatehouse.reason",
            "ｇatehouse.reason",
            "gatehouse\u200B.reason",
            "",
            " ",
            "\u0000",
            "\n",
            "\u001B[2J",
            "é",
            "😀",
            "a".repeat(1_000),
            "a".repeat(30_000),
            "traceparent",
            "content-type",
            "__TypeId__",
            "spring.kafka",
            "kafka_dlt-original-topic");

    private static final List<String> ATTEMPTS = List.of(
            "0",
            "1",
            "2",
            "41",
            "999999998",
            "999999999",
            "1000000000",
            "2147483647",
            "9223372036854775807",
            "00",
            "000000001",
            "-1",
            "+1",
            "1.0",
            "1e1",
            "",
            " ",
            " 1",
            "1 ",
            "one",
            "１",
            "0x1",
            "1\n",
            "null");

    private KafkaOddities() {}

    /** @param nowMs the clock, for timestamps that lie ahead of it; epoch milliseconds */
    static List<CorpusRecord> records(long nowMs) {
        Entries entries = new Entries(Family.KAFKA);
        emptyValues(entries);
        keys(entries);
        headers(entries);
        sizes(entries);
        timestamps(entries, nowMs);
        return entries.records();
    }

    private static void emptyValues(Entries entries) {
        String user = entries.good().user();
        CorpusRecord none = entries.record("no value", user, null, EMPTY_VALUE);
        CorpusRecord empty = entries.record("an empty value", user, new byte[0], EMPTY_VALUE);
        for (CorpusRecord record : List.of(none, empty)) {
            entries.add(record);
            entries.add(record.named(record.name() + ", no key").withKey(null));
            entries.add(record.named(record.name() + ", an empty key").withKey(new byte[0]));
            entries.add(record.named(record.name() + ", a header").withHeaders(List.of(header("a", "b"))));
            entries.add(record.named(record.name() + ", no timestamp").withTimestamp(-1));
        }
    }

    private static void keys(Entries entries) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        keys.put("no key", null);
        keys.put("an empty key", new byte[0]);
        keys.put("a key of NUL", new byte[1]);
        keys.put("a key of no UTF-8", bytes(0xFF, 0xFE, 0xC0));
        keys.put("another user's key", "somebody".getBytes(UTF_8));
        keys.put("a key in JSON", "{\"user_id\": \"x\"}".getBytes(UTF_8));
        keys.put("a key of line breaks", "\r\n\r\n".getBytes(UTF_8));
        keys.put("a key of an escape sequence", "\u001B[2J".getBytes(UTF_8));
        keys.put("a number's key", new byte[] {0, 0, 0, 0, 0, 0, 0, 17});
        keys.put("a long key", filled(1_000));
        keys.put("a key of 100 KB", filled(100_000));
        keys.forEach((name, key) -> bothWays(entries, name, record -> record.withKey(key)));
    }

    private static void headers(Entries entries) {
        for (String name : OWN_NAMES) {
            header(entries, "the header " + name, name, "x".getBytes(UTF_8));
            header(entries, "no value in the header " + name, name, null);
            header(entries, "no UTF-8 in the header " + name, name, bytes(0x01, 0xFF, 0x00, 0x80));
        }
        for (String name : FOREIGN_NAMES) {
            String told = name.length() > 50 ? name.length() + " letters" : "'" + name + "'";
            header(entries, "a header called " + told, name, "x".getBytes(UTF_8));
        }
        for (String attempt : ATTEMPTS) {
            header(entries, "attempt '" + attempt + "'", "gatehouse.attempt", attempt.getBytes(UTF_8));
        }
        List<Header> twice = List.of(header("gatehouse.attempt", "5"), header("gatehouse.attempt", "7"));
        bothWays(entries, "two attempts", record -> record.withHeaders(twice));
        header(entries, "a header without a value", "a", null);
        header(entries, "a header with an empty value", "a", new byte[0]);
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        header(entries, "a header of every byte", "a", all);
        header(entries, "a header of 60 KB", "a", filled(60_000));
        header(entries, "a header of 900 KB", "a", filled(900_000));
        for (int count : new int[] {10, 100, 1_000, 10_000}) {
            List<Header> many = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                many.add(header("h" + i % 7, Integer.toString(i)));
            }
            bothWays(entries, count + " headers", record -> record.withHeaders(many));
        }
        bothWays(
                entries,
                "a header a thousand times",
                record -> record.withHeaders(Collections.nCopies(1_000, header("a", "b"))));
    }

    /** The broker's limit is of a batch; a record of this size is alone in its own. */
    private static void sizes(Entries entries) {
        for (int over : new int[] {-1, 0, 1, 100_000}) {
            String name = "the broker's largest batch, " + over + " more";
            Expectation expected = over > 0 ? NOT_TAKEN : TOO_LARGE;
            CorpusRecord small = entries.record(name, entries.good().user(), filled(500_000), expected);
            int missing = MAX_MESSAGE_BYTES + over - batchBytes(small);
            entries.add(small.withValue(filled(500_000 + missing)));
        }
        // With the largest value that is looked at, all that is left of the batch is headers.
        Draft good = entries.good();
        CorpusRecord full = entries.record(
                "the largest event, and headers up to the broker's limit",
                good.put("note", "\"" + "x".repeat(64 * 1024 - good.bytes().length + Entries.MARK.length()) + "\""),
                ACCEPTED);
        CorpusRecord begun = full.withHeaders(List.of(new RecordHeader("a", filled(500_000))));
        entries.add(full.withHeaders(
                List.of(new RecordHeader("a", filled(500_000 + MAX_MESSAGE_BYTES - batchBytes(begun))))));
    }

    private static void timestamps(Entries entries, long nowMs) {
        Map<String, Long> ahead = new LinkedHashMap<>();
        ahead.put("the clock", 0L);
        ahead.put("four minutes ahead", Duration.ofMinutes(4).toMillis());
        ahead.put("an hour ahead", Duration.ofHours(1).toMillis());
        ahead.put("a day ahead", Duration.ofDays(1).toMillis());
        ahead.forEach((name, ms) -> at(entries, name, nowMs + ms));
        at(entries, "no timestamp", -1);
        at(entries, "2100", Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());
        at(entries, "9999", Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli());
        at(entries, "the largest timestamp", Long.MAX_VALUE);
        at(
                entries,
                "the largest timestamp less five minutes",
                Long.MAX_VALUE - Duration.ofMinutes(5).toMillis());
        Expectation tooEarly = Expectation.refused("timestamp_out_of_range", "timestamp");
        for (long ms : new long[] {0, 1, 946_684_800_000L}) {
            entries.add(entries.record("a login long after " + ms, entries.good(), tooEarly)
                    .withTimestamp(ms));
            entries.add(entries.record("no JSON at " + ms, entries.good().add("x", "01"), MALFORMED_JSON)
                    .withTimestamp(ms));
        }
        long refusedFromMs = nowMs + MOST_AHEAD.plus(SENDING).toMillis();
        entries.add(entries.record("further ahead than the broker takes", entries.good(), NOT_TAKEN)
                .withTimestamp(refusedFromMs));
        entries.add(entries.record("an hour ahead where the broker takes less", entries.good(), NOT_TAKEN)
                .withTimestamp(nowMs + Duration.ofHours(1).toMillis()));
        entries.add(entries.record("the largest timestamp where the broker takes less", entries.good(), NOT_TAKEN)
                .withTimestamp(Long.MAX_VALUE));
    }

    private static void at(Entries entries, String name, long timestampMs) {
        bothWays(entries, "recorded at " + name, record -> record.withTimestamp(timestampMs));
    }

    private static void header(Entries entries, String called, String name, byte[] value) {
        bothWays(entries, called, record -> record.withHeaders(List.of(new RecordHeader(name, value))));
    }

    /** Makes one change to the record of a good login and to a broken one's. */
    private static void bothWays(Entries entries, String name, UnaryOperator<CorpusRecord> change) {
        entries.add(change.apply(entries.record(name, entries.good(), ACCEPTED)));
        entries.add(change.apply(
                entries.record(name + ", on no JSON", entries.good().add("x", "01"), MALFORMED_JSON)));
    }

    /** With the headers that every record of the corpus gets; all stamps are of one size. */
    private static int batchBytes(CorpusRecord record) {
        CorpusRecord stamped = record.stamped(0);
        return MemoryRecords.withRecords(
                        Compression.NONE,
                        new SimpleRecord(
                                stamped.timestampMs(),
                                stamped.key(),
                                stamped.value(),
                                stamped.headers().toArray(Header[]::new)))
                .sizeInBytes();
    }

    private static RecordHeader header(String name, String text) {
        return new RecordHeader(name, text.getBytes(UTF_8));
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }
}

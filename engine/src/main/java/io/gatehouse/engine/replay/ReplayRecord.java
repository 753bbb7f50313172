package io.gatehouse.engine.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gatehouse.engine.replay.OffsetRanges.Range;
import io.gatehouse.engine.worker.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one transaction of a replay did, as the topic of replays tells it: JSON, in the transaction itself.
 *
 * @param runAt when the run began that it belongs to
 * @param at when it was written
 * @param by who ran it, as user@host
 * @param filter the filter as it was given, option by option
 * @param patch the rules of the patch; empty where letters went byte for byte
 * @param topic the dead-letter topic
 * @param topicId its id: a topic that was created again has the same offsets for other letters
 * @param partition of the dead-letter topic
 * @param ranges the offsets of the letters that were replayed
 */
public record ReplayRecord(
        Instant runAt,
        Instant at,
        String by,
        List<String> filter,
        List<String> patch,
        String topic,
        String topicId,
        int partition,
        List<Range> ranges) {

    private static final int VERSION = 1;

    /** No transaction has more letters; a later version might. */
    private static final int MOST_OFFSETS = 1_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    public long letters() {
        return ranges.stream().mapToLong(Range::length).sum();
    }

    byte[] toJson() {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject();
            out.writeNumberField("version", VERSION);
            out.writeStringField("run_at", runAt.toString());
            out.writeStringField("at", at.toString());
            out.writeStringField("by", by);
            write(out, "filter", filter);
            write(out, "patch", patch);
            out.writeStringField("topic", topic);
            out.writeStringField("topic_id", topicId);
            out.writeNumberField("partition", partition);
            out.writeNumberField("letters", letters());
            out.writeStringField("offsets", OffsetRanges.text(ranges));
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toByteArray();
    }

    private static void write(JsonGenerator out, String name, List<String> words) throws IOException {
        out.writeArrayFieldStart(name);
        for (String word : words) {
            out.writeString(word);
        }
        out.writeEndArray();
    }

    /** @throws Refusal when it is not one, or a newer Gatehouse's: what has been replayed is not known then */
    static ReplayRecord read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Reading().read(record.value());
        } catch (IOException | DateTimeException | IllegalArgumentException | NullPointerException e) {
            throw new Refusal("the record " + record.topic() + "/" + record.partition() + "/" + record.offset()
                    + " was not written by this version of 'gatehouse dlq replay', and so it is not known which dead"
                    + " letters have been replayed: use the newer version that wrote it; no other program may write to"
                    + " this topic");
        }
    }

    /** One reading of a record; what is missing is noticed when it is used. */
    private static final class Reading {
        private Instant runAt;
        private Instant at;
        private String by;
        private List<String> filter;
        private List<String> patch;
        private String topic;
        private String topicId;
        private String offsets;
        private int partition = -1;
        private int version;

        ReplayRecord read(byte[] json) throws IOException {
            try (JsonParser in = JSON.createParser(json)) {
                if (in.nextToken() != JsonToken.START_OBJECT) {
                    throw new IOException("no object");
                }
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    in.nextToken();
                    member(name, in);
                }
            }
            if (version != VERSION || partition < 0 || topic == null || topicId == null || by == null) {
                throw new IOException("not all there");
            }
            return new ReplayRecord(
                    runAt,
                    at,
                    by,
                    List.copyOf(filter),
                    List.copyOf(patch),
                    topic,
                    topicId,
                    partition,
                    OffsetRanges.parse(offsets, MOST_OFFSETS));
        }

        private void member(String name, JsonParser in) throws IOException {
            switch (name) {
                case "version" -> version = in.getIntValue();
                case "run_at" -> runAt = Instant.parse(in.getText());
                case "at" -> at = Instant.parse(in.getText());
                case "by" -> by = in.getText();
                case "filter" -> filter = words(in);
                case "patch" -> patch = words(in);
                case "topic" -> topic = in.getText();
                case "topic_id" -> topicId = in.getText();
                case "partition" -> partition = in.getIntValue();
                case "offsets" -> offsets = in.getText();
                default -> in.skipChildren();
            }
        }

        private static List<String> words(JsonParser in) throws IOException {
            List<String> words = new ArrayList<>();
            while (in.nextToken() == JsonToken.VALUE_STRING) {
                words.add(in.getText());
            }
            return words;
        }
    }
}

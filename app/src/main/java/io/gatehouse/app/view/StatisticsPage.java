package io.gatehouse.app.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The merged view as JSON: {@code docs/schemas/api-stats.schema.json}. Below 4 MiB whatever events say, mostly some 30 KB. */
public final class StatisticsPage {
    private static final int SCHEMA_VERSION = 1;

    /** Names under a heading; the partitions of a window may have more together. */
    private static final int MOST_NAMES = 256;

    private static final String OTHER = "other";
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().characterEscapes(new HarmlessInHtml()).build();

    /** Names come from events: the page may be put into HTML as it is, within a script element too. */
    private static final class HarmlessInHtml extends CharacterEscapes {
        private static final long serialVersionUID = 1;
        private static final char LINE_SEPARATOR = 0x2028;
        private static final char PARAGRAPH_SEPARATOR = 0x2029;

        private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

        private HarmlessInHtml() {
            for (char special : new char[] {'<', '>', '&', '\''}) {
                ascii[special] = CharacterEscapes.ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return character == LINE_SEPARATOR || character == PARAGRAPH_SEPARATOR
                    ? new SerializedString(String.format("\\u%04x", character))
                    : null;
        }
    }

    private StatisticsPage() {}

    /** The whole of it. */
    public static String of(MergedStatistics statistics) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("schema_version", SCHEMA_VERSION);
            json.writeStringField(
                    "made_at", Instant.ofEpochMilli(statistics.madeMs()).toString());
            json.writeBooleanField("complete", statistics.isComplete());
            live(json, statistics);
            logins(json, statistics);
            deadLetters(json, statistics);
            activity(json, statistics.activity());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void live(JsonGenerator json, MergedStatistics statistics) throws IOException {
        json.writeObjectFieldStart("live");
        json.writeNumberField("seconds", LiveRate.SECONDS);
        json.writeNumberField("processed_per_second", rounded(statistics.acceptedPerSecond()));
        json.writeNumberField("dead_letters_per_second", rounded(statistics.refusedPerSecond()));
        json.writeEndObject();
    }

    private static double rounded(double rate) {
        return Math.round(rate * 100) / 100.0;
    }

    private static void logins(JsonGenerator json, MergedStatistics statistics) throws IOException {
        json.writeObjectFieldStart("logins");
        json.writeObjectFieldStart("all");
        LoginCounts all = statistics.logins();
        totals(json, all);
        json.writeObjectFieldStart("by");
        for (Heading heading : Heading.values()) {
            names(json, heading.label(), all.ranked(heading));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("processing_delay_ms");
        counts(json, "buckets", all.delays());
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("windows");
        for (MergedWindow<LoginCounts> window : statistics.loginWindows()) {
            json.writeStartObject();
            head(json, window);
            totals(json, window.counts());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, MergedWindow<?> window) throws IOException {
        json.writeStringField(
                "window_start", Instant.ofEpochMilli(window.startMs()).toString());
        json.writeStringField("window_end", Instant.ofEpochMilli(window.endMs()).toString());
        json.writeNumberField("partitions", window.partitions());
    }

    private static void totals(JsonGenerator json, LoginCounts counts) throws IOException {
        for (Total total : Total.values()) {
            json.writeNumberField(total.label(), counts.get(total));
        }
        json.writeNumberField("distinct_users", counts.distinctUsers());
    }

    /** What has no place among the names counts as other, and so does what is called that. */
    private static void names(JsonGenerator json, String heading, List<Count> ranked) throws IOException {
        json.writeObjectFieldStart(heading);
        long others = 0;
        int written = 0;
        for (Count count : ranked) {
            if (written == MOST_NAMES || count.value().equals(OTHER)) {
                others += count.count();
            } else {
                json.writeNumberField(count.value(), count.count());
                written++;
            }
        }
        if (others > 0) {
            json.writeNumberField(OTHER, others);
        }
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Count count : LoginCounts.ranked(counts)) {
            json.writeNumberField(count.value(), count.count());
        }
        json.writeEndObject();
    }

    private static void deadLetters(JsonGenerator json, MergedStatistics statistics) throws IOException {
        json.writeObjectFieldStart("dead_letters");
        counts(json, "all", statistics.deadLetters());
        json.writeArrayFieldStart("windows");
        for (MergedWindow<Map<String, Long>> window : statistics.deadLetterWindows()) {
            json.writeStartObject();
            head(json, window);
            counts(json, "dead_letters", window.counts());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void activity(JsonGenerator json, MergedActivity activity) throws IOException {
        if (activity == null) {
            json.writeNullField("activity");
            return;
        }
        json.writeObjectFieldStart("activity");
        json.writeNumberField("days", MergedActivity.DAYS);
        json.writeStringField("last_day", activity.lastDay().toString());
        json.writeNumberField("partitions", activity.partitions());
        json.writeArrayFieldStart("hours");
        for (long[] weekday : activity.hours()) {
            json.writeArray(weekday, 0, weekday.length);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

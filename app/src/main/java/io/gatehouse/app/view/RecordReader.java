package io.gatehouse.app.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Reads one record of the topic of statistics. Members that it does not know are passed over. */
final class RecordReader {
    static final int WEEKDAYS = 7;
    static final int HOURS = 24;

    /** Names come from events: the virtual machine's own table of strings must not grow with them. */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final long SCHEMA_VERSION = 1;
    private static final long NOT_THERE = -1;

    private String kind = "";
    private long schemaVersion = NOT_THERE;
    private long partition = NOT_THERE;
    private long startMs = NOT_THERE;
    private long endMs = NOT_THERE;
    private LocalDate lastDay;
    private long[][] hours;
    private final LoginCounts logins = new LoginCounts();
    private final Map<String, Long> deadLetters = new HashMap<>();
    private final Horizon horizon;
    private boolean isOver;

    /** What is over, and need not be read. */
    @FunctionalInterface
    interface Horizon {
        /** Whether a window that starts then is of no use any more. */
        boolean isOver(String kind, long startMs);
    }

    private RecordReader(Horizon horizon) {
        this.horizon = horizon;
    }

    /**
     * Reads a value.
     *
     * @param horizon asked as soon as the window is known: most records of a topic of a month are over
     * @return null for what is over, and for a kind or a version that is not known
     * @throws IllegalArgumentException when it is no record of statistics
     */
    static PublishedRecord read(byte[] value, Horizon horizon) {
        RecordReader reader = new RecordReader(horizon);
        try (JsonParser json = JSON.createParser(value)) {
            reader.members(json);
            return reader.isOver ? null : reader.record();
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a record of statistics", e);
        }
    }

    private void members(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT);
        for (String name = json.nextFieldName(); name != null && !isOver; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "schema_version" -> schemaVersion = count(json);
                case "kind" -> kind = text(json);
                case "partition" -> partition = count(json);
                case "window_start" -> start(json);
                case "window_end" -> endMs = Instant.parse(text(json)).toEpochMilli();
                case "by" -> by(json);
                case "distinct_users" -> users(json);
                case "processing_delay_ms" -> delays(json);
                case "dead_letters" -> counts(json, deadLetters);
                case "last_day" -> lastDay = LocalDate.parse(text(json));
                case "hours" -> hours(json);
                default -> total(json, name);
            }
        }
        require(isOver || json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
    }

    private void start(JsonParser json) throws IOException {
        startMs = Instant.parse(text(json)).toEpochMilli();
        isOver = horizon.isOver(kind, startMs);
    }

    private void total(JsonParser json, String name) throws IOException {
        Total total = Total.of(name);
        if (total == null) {
            json.skipChildren();
        } else {
            logins.set(total, count(json));
        }
    }

    private void by(JsonParser json) throws IOException {
        requireObject(json);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            Heading heading = Heading.of(name);
            if (heading == null) {
                json.skipChildren();
            } else {
                counts(json, logins.by(heading));
            }
        }
    }

    private void users(JsonParser json) throws IOException {
        requireObject(json);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("sketch")) {
                logins.setUsers(text(json));
            } else {
                json.skipChildren();
            }
        }
    }

    private void delays(JsonParser json) throws IOException {
        requireObject(json);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("buckets")) {
                counts(json, logins.delays());
            } else {
                json.skipChildren();
            }
        }
    }

    private void hours(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY);
        hours = new long[WEEKDAYS][HOURS];
        for (long[] weekday : hours) {
            require(json.nextToken() == JsonToken.START_ARRAY);
            for (int hour = 0; hour < HOURS; hour++) {
                json.nextToken();
                weekday[hour] = count(json);
            }
            require(json.nextToken() == JsonToken.END_ARRAY);
        }
        require(json.nextToken() == JsonToken.END_ARRAY);
    }

    private static void counts(JsonParser json, Map<String, Long> to) throws IOException {
        requireObject(json);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            to.put(name, count(json));
        }
    }

    private static String text(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static long count(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
        long count = json.getLongValue();
        require(count >= 0);
        return count;
    }

    private static void requireObject(JsonParser json) {
        require(json.currentToken() == JsonToken.START_OBJECT);
    }

    private PublishedRecord record() {
        if (schemaVersion != SCHEMA_VERSION) {
            return null;
        }
        require(partition >= 0 && partition <= Integer.MAX_VALUE);
        return switch (kind) {
            case "logins" -> {
                requireWindow();
                yield new PublishedRecord.Logins((int) partition, startMs, endMs, logins);
            }
            case "dead_letters" -> {
                requireWindow();
                yield new PublishedRecord.DeadLetters((int) partition, startMs, endMs, Map.copyOf(deadLetters));
            }
            case "activity" -> {
                require(lastDay != null && hours != null);
                yield new PublishedRecord.Activity((int) partition, lastDay, hours);
            }
            default -> null;
        };
    }

    private void requireWindow() {
        require(startMs >= 0 && endMs > startMs);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not a record of statistics");
        }
    }
}

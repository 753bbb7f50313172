package io.gatehouse.core.tally;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Writes a partition's records of statistics, and keeps them until they are asked for. */
final class StatisticsRecords {
    private static final int SCHEMA_VERSION = 1;

    /** A record that waits. */
    private record Waiting(byte[] key, byte[] value) {}

    private final int partition;
    private final List<Waiting> waiting = new ArrayList<>();
    private final JsonText json = new JsonText();

    StatisticsRecords(int partition) {
        this.partition = partition;
    }

    void add(long number, long lengthMs, LoginWindow window) {
        head("logins", number, lengthMs);
        window.write(json);
        add(start(number, lengthMs) + "/" + partition);
    }

    void add(long number, long lengthMs, Counts deadLetters) {
        head("dead_letters", number, lengthMs);
        DeadLetterWindows.write(json, deadLetters);
        add(start(number, lengthMs) + "/" + partition + "/dead-letters");
    }

    void add(Activity activity) {
        json.begin()
                .member("schema_version", SCHEMA_VERSION)
                .member("kind", "activity")
                .member("partition", partition)
                .member("days", Activity.DAYS)
                .member("last_day", LocalDate.ofEpochDay(activity.lastDay()).toString());
        activity.write(json);
        add("activity/" + partition);
    }

    private void add(String key) {
        waiting.add(new Waiting(key.getBytes(UTF_8), json.toBytes()));
    }

    private void head(String kind, long number, long lengthMs) {
        Instant start = start(number, lengthMs);
        json.begin()
                .member("schema_version", SCHEMA_VERSION)
                .member("kind", kind)
                .member("window_start", start.toString())
                .member("window_end", start.plusMillis(lengthMs).toString())
                .member("partition", partition);
    }

    private static Instant start(long number, long lengthMs) {
        return Instant.ofEpochMilli(number * lengthMs);
    }

    /** Hands over what waits, in the order in which it was written. */
    void drain(RecordSink to) {
        waiting.forEach(record -> to.accept(record.key(), record.value()));
        waiting.clear();
    }
}

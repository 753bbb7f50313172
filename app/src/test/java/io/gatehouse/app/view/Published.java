package io.gatehouse.app.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records of statistics as partitions publish them, at offsets that rise. */
public final class Published {
    public static final long MINUTE_MS = 60_000;
    public static final long START_MS = Instant.parse("2023-09-12T00:00:00Z").toEpochMilli();

    private final StatisticsView view;
    private final long writtenMs;
    private long offset;

    /** @param writtenMs the records' timestamp */
    public Published(StatisticsView view, long writtenMs) {
        this.view = view;
        this.writtenMs = writtenMs;
    }

    /** @param more members, each with a comma before it */
    public Published logins(int window, int partition, long logins, String by, String sketch, String more) {
        return value(head("logins", window, partition) + ",\"logins\":" + logins
                + ",\"new_users\":1,\"sessions_started\":1,\"sessions_closed\":0,\"late\":0,\"duplicates\":0,"
                + "\"late_dropped\":0,\"by\":{" + by + "},\"distinct_users\":{\"estimate\":0,\"sketch\":\"" + sketch
                + "\"},\"processing_delay_ms\":{\"buckets\":{\"200\":" + logins + "}}" + more + "}");
    }

    public Published logins(int window, int partition, long logins) {
        return logins(window, partition, logins, "\"country\":{\"US\":" + logins + "}", "", "");
    }

    Published deadLetters(int window, int partition, String reason, long count) {
        return value(head("dead_letters", window, partition) + ",\"dead_letters\":{\"" + reason + "\":" + count + "}}");
    }

    Published activity(int partition, String lastDay, long eachHour) {
        String weekday = "[" + (eachHour + ",").repeat(23) + eachHour + "]";
        return value("{\"schema_version\":1,\"kind\":\"activity\",\"partition\":" + partition
                + ",\"days\":28,\"last_day\":\"" + lastDay + "\",\"hours\":[" + (weekday + ",").repeat(6) + weekday
                + "]}");
    }

    Published value(String value) {
        offset++;
        return again(value, offset);
    }

    /** A record that was written before those told so far. */
    Published older(int window, int partition, long logins) {
        long before = offset;
        offset = -1;
        logins(window, partition, logins);
        offset = before;
        return this;
    }

    private Published again(String value, long at) {
        view.take(new ConsumerRecord<>(
                "login-stats",
                0,
                at,
                writtenMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                value.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty()));
        return this;
    }

    private static String head(String kind, int window, int partition) {
        long startMs = START_MS + window * MINUTE_MS;
        return "{\"schema_version\":1,\"kind\":\"" + kind + "\",\"window_start\":\"" + Instant.ofEpochMilli(startMs)
                + "\",\"window_end\":\"" + Instant.ofEpochMilli(startMs + MINUTE_MS) + "\",\"partition\":" + partition;
    }
}

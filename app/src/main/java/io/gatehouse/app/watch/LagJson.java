package io.gatehouse.app.watch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.JsonObject;
import io.gatehouse.engine.lag.GroupMember;
import io.gatehouse.engine.lag.LagReport;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StableEnd;
import io.gatehouse.engine.lag.StageLag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.TopicPartition;

/** A report of lag as JSON, as {@code docs/schemas/lag.schema.json} describes it. */
final class LagJson {
    private static final int SCHEMA_VERSION = 1;

    private LagJson() {}

    static String of(LagReport report, Instant at) {
        return JsonObject.of(json -> {
            begin(json, at);
            add(report, json);
        });
    }

    /** One line for a look that failed. */
    static String failure(String reason, Instant at) {
        return JsonObject.of(json -> {
            begin(json, at);
            json.writeStringField("error", reason);
        });
    }

    static void begin(JsonGenerator json, Instant at) throws IOException {
        json.writeNumberField("schema_version", SCHEMA_VERSION);
        json.writeStringField("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    static void add(LagReport report, JsonGenerator json) throws IOException {
        json.writeStringField("verdict", report.verdict().label());
        seconds(json, "observed_seconds", report.observed());
        json.writeArrayFieldStart("stages");
        for (StageLag stage : report.stages()) {
            stage(stage, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("processed");
        json.writeStringField("topic", report.processedTopic());
        json.writeArrayFieldStart("partitions");
        for (StableEnd end : report.processed()) {
            json.writeStartObject();
            json.writeNumberField("partition", end.partition());
            json.writeNumberField("held_back", end.heldBack());
            seconds(json, "stuck_seconds", end.stuckFor());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void stage(StageLag stage, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("stage", stage.stage());
        json.writeStringField("topic", stage.topic());
        json.writeStringField("group", stage.group().id());
        json.writeStringField("state", stage.group().state());
        json.writeArrayFieldStart("members");
        for (GroupMember member : stage.group().members()) {
            member(member, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("partitions");
        for (PartitionLag lag : stage.partitions()) {
            partition(lag, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void member(GroupMember member, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("client_id", member.clientId());
        json.writeStringField("host", member.host());
        json.writeArrayFieldStart("partitions");
        for (TopicPartition partition : member.partitions()) {
            json.writeNumber(partition.partition());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void partition(PartitionLag lag, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("partition", lag.partition());
        json.writeStringField("owner", lag.owner());
        number(json, "committed", lag.committed() < 0 ? Double.NaN : lag.committed());
        number(json, "end", lag.stableEnd() < 0 ? Double.NaN : lag.stableEnd());
        number(json, "lag", lag.lag() < 0 ? Double.NaN : lag.lag());
        json.writeNumberField("open", lag.open());
        seconds(json, "open_seconds", lag.openFor());
        number(json, "in_per_second", lag.inPerSecond());
        number(json, "out_per_second", lag.outPerSecond());
        json.writeStringField("verdict", lag.verdict().label());
        number(json, "seconds_to_drain", lag.secondsToDrain());
        seconds(json, "still_seconds", lag.still());
        json.writeEndObject();
    }

    static void seconds(JsonGenerator json, String name, Duration span) throws IOException {
        json.writeNumberField(name, span.toMillis() / 1000.0);
    }

    /** Null for what is not known or has no end; whole where it is. */
    static void number(JsonGenerator json, String name, double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNullField(name);
        } else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            json.writeNumberField(name, (long) value);
        } else {
            json.writeNumberField(name, Math.round(value * 1000) / 1000.0);
        }
    }
}

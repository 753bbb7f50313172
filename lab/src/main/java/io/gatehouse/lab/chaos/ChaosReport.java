package io.gatehouse.lab.chaos;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.Version;
import io.gatehouse.lab.bench.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Writes down what was run and what came of it: as JSON, as a page, and as a picture that the page shows. */
final class ChaosReport {
    private final String commit;
    private final Instant begun;
    private final ChaosSettings settings;
    private final ChaosResult result;

    /** @param commit of the source tree as the run began: the report itself may lie in that tree and change it */
    ChaosReport(String commit, Instant begun, ChaosSettings settings, ChaosResult result) {
        this.commit = commit;
        this.begun = begun;
        this.settings = settings;
        this.result = result;
    }

    /** As {@code chaos.json}, {@code chaos.md} and {@code chaos.svg} in a directory, which is made if it is missing. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        writeJson(directory.resolve("chaos.json"));
        Files.writeString(directory.resolve("chaos.md"), ChaosPage.of(commit, begun, settings, result));
        Files.writeString(directory.resolve("chaos.svg"), Picture.of(result.points(), result.happenings()));
    }

    private void writeJson(Path file) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            writeRun(json);
            writeCheck(json);
            writeRecoveries(json);
            writeHappenings(json);
            json.writeEndObject();
        }
    }

    private void writeRun(JsonGenerator json) throws IOException {
        json.writeStringField("version", Version.current());
        json.writeStringField("commit", commit);
        json.writeNumberField("seed", settings.seed());
        json.writeStringField("begun", begun.toString());
        json.writeStringField("java", System.getProperty("java.version"));
        json.writeStringField("machine", Machine.describe());
        json.writeNumberField("minutes", settings.time().toSeconds() / 60.0);
        json.writeNumberField("rate", settings.rate());
        json.writeNumberField("users", settings.users());
        json.writeNumberField("bad_share", settings.badShare());
        json.writeBooleanField("rekeyed", settings.isRekeyed());
        json.writeNumberField("workers", settings.workers());
        json.writeNumberField("partitions", settings.partitions());
        writeAll(json, "worker_settings", settings.workerSettings());
    }

    private void writeCheck(JsonGenerator json) throws IOException {
        json.writeBooleanField("content", result.isContent());
        json.writeNumberField("events_checked", result.checked());
        json.writeNumberField(
                "sessions_checked",
                result.report() == null ? 0 : result.report().against().sessions());
        json.writeNumberField(
                "statistics_checked",
                result.report() == null ? 0 : result.report().against().statistics());
        json.writeNumberField("unacknowledged_sends", result.unacknowledged());
        json.writeNumberField("faults_survived", result.survived());
        if (result.drained() != null) {
            json.writeNumberField("drained_after_seconds", result.drained().toMillis() / 1000.0);
        }
        json.writeObjectFieldStart("errors");
        for (Map.Entry<String, Long> error : result.errors().entrySet()) {
            json.writeNumberField(error.getKey(), error.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("errors_told");
        for (String told : result.told()) {
            json.writeString(told);
        }
        json.writeEndArray();
        writeAll(json, "left_out", result.leftOut());
    }

    private void writeRecoveries(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("recovery_seconds");
        for (Map.Entry<String, Spread> entry : result.recoveries().entrySet()) {
            Spread spread = entry.getValue();
            json.writeStartObject();
            json.writeStringField("kind", entry.getKey());
            json.writeNumberField("survived", spread.count());
            json.writeNumberField("p50", spread.p50());
            json.writeNumberField("p99", spread.p99());
            json.writeNumberField("max", spread.max());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeHappenings(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("faults");
        for (Happening happening : result.happenings()) {
            json.writeStartObject();
            json.writeStringField("kind", happening.kind());
            json.writeNumberField("began_ms", happening.beganMs());
            json.writeNumberField("ended_ms", happening.endedMs());
            if (happening.recovery() != null) {
                json.writeNumberField("recovery_ms", happening.recovery().toMillis());
            }
            if (happening.trouble() != null) {
                json.writeStringField(happening.leftOut() ? "left_out" : "trouble", happening.trouble());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAll(JsonGenerator json, String name, Map<String, String> members) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
        }
        json.writeEndObject();
    }
}

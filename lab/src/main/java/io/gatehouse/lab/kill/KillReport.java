package io.gatehouse.lab.kill;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes down what was run and what came of it, so that it can be run again. */
public final class KillReport {
    private KillReport() {}

    /** @param commit of the source tree as the run began: the report itself may lie in that tree and change it */
    static void write(Path file, String commit, Instant begun, KillSettings settings, List<RoundResult> rounds)
            throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("version", Version.current());
            json.writeStringField("commit", commit);
            json.writeStringField("begun", begun.toString());
            json.writeStringField("java", System.getProperty("java.version"));
            json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
            json.writeNumberField("events", settings.events());
            json.writeNumberField("users", settings.users());
            json.writeStringField("key", settings.key().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("faults", settings.faults());
            json.writeNumberField("rate", settings.rate());
            json.writeStringField("span", settings.span().toString());
            json.writeNumberField("partitions", settings.partitions());
            json.writeNumberField("workers", settings.workers());
            json.writeNumberField("kills_of_each_worker", settings.kills());
            json.writeObjectFieldStart("worker_settings");
            for (var setting : settings.workerSettings().entrySet()) {
                json.writeStringField(setting.getKey(), setting.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("rounds");
            for (RoundResult round : rounds) {
                write(json, round);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, RoundResult round) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seed", round.seed());
        json.writeNumberField("kills", round.kills());
        json.writeNumberField("kills_in_transaction", round.inTransaction());
        json.writeNumberField("events", round.events());
        json.writeNumberField("processed", round.processed());
        json.writeNumberField("dead_letters", round.deadLetters());
        json.writeNumberField("sessions", round.sessions());
        json.writeNumberField("statistics", round.statistics());
        json.writeNumberField("seconds", round.seconds());
        json.writeStringField("verdict", round.verdict());
        json.writeEndObject();
    }

    /** The source tree's commit, with "-dirty" when it was changed since; "unknown" outside a source tree. */
    public static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader said = git.inputReader(StandardCharsets.UTF_8)) {
                String commit = said.readLine();
                return commit == null ? "unknown" : commit;
            }
        } catch (IOException noGit) {
            return "unknown";
        }
    }
}

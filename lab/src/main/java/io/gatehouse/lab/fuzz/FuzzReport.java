package io.gatehouse.lab.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last run of each target, in one file. */
final class FuzzReport {
    private static final JsonFactory JSON = new JsonFactory();

    private FuzzReport() {}

    /** Adds a run to those in the file, in place of an earlier one of its target. */
    static void add(Path file, FuzzRun run) throws IOException {
        List<FuzzRun> runs = new ArrayList<>(Files.exists(file) ? read(file) : List.of());
        runs.removeIf(earlier -> earlier.target().equals(run.target()));
        runs.add(run);
        runs.sort(Comparator.comparing(one -> FuzzTarget.of(one.target())));
        write(file, runs);
    }

    /** In the order of the targets. */
    static List<FuzzRun> read(Path file) throws IOException {
        List<FuzzRun> runs = new ArrayList<>();
        try (JsonParser json = JSON.createParser(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    runs.add(run(members(json)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a report of the fuzzer: " + e.getMessage(), e);
        }
        return runs;
    }

    private static Map<String, String> members(JsonParser json) throws IOException {
        Map<String, String> members = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            members.put(name, json.getText());
        }
        return members;
    }

    private static FuzzRun run(Map<String, String> members) {
        return new FuzzRun(
                FuzzTarget.of(members.getOrDefault("target", "")).label(),
                members.get("commit"),
                members.get("begun"),
                members.get("java"),
                Integer.parseInt(members.get("processors")),
                Long.parseLong(members.get("seed")),
                Long.parseLong(members.get("seconds")),
                Long.parseLong(members.get("executions")),
                Integer.parseInt(members.get("edges")),
                Integer.parseInt(members.get("corpus")),
                Integer.parseInt(members.get("findings")));
    }

    private static void write(Path file, List<FuzzRun> runs) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (FuzzRun run : runs) {
                write(json, run);
            }
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, FuzzRun run) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", run.target());
        json.writeStringField("commit", run.commit());
        json.writeStringField("begun", run.begun());
        json.writeStringField("java", run.java());
        json.writeNumberField("processors", run.processors());
        json.writeNumberField("seed", run.seed());
        json.writeNumberField("seconds", run.seconds());
        json.writeNumberField("executions", run.executions());
        json.writeNumberField("executions_per_second", run.executionsPerSecond());
        json.writeNumberField("edges", run.edges());
        json.writeNumberField("corpus", run.corpus());
        json.writeNumberField("findings", run.findings());
        json.writeEndObject();
    }
}

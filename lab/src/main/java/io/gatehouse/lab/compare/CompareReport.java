package io.gatehouse.lab.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes down what was measured: as JSON, as a page of tables, and as a picture that the page shows. */
final class CompareReport {
    private final Stamp stamp;
    private final CompareSettings settings;
    private final List<Standing> standings;

    CompareReport(Stamp stamp, CompareSettings settings, List<Standing> standings) {
        this.stamp = stamp;
        this.settings = settings;
        this.standings = standings;
    }

    /** As {@code compare.json}, {@code compare.md} and {@code compare.svg} in a directory, which is made if it is missing. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        writeJson(directory.resolve("compare.json"));
        Files.writeString(directory.resolve("compare.md"), ComparePage.of(stamp, settings, standings));
        Files.writeString(
                directory.resolve("compare.svg"),
                Bars.of(
                        "committed events/s, median and range",
                        0,
                        standings.stream().map(CompareReport::bar).toList()));
    }

    private static Bars.Bar bar(Standing standing) {
        Standing.Spread spread = standing.eventsPerSecond();
        Contestant contestant = standing.contestant();
        return new Bars.Bar(
                contestant.title(), contestant.isGatehouse(), spread.least(), spread.median(), spread.most());
    }

    private void writeJson(Path file) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            writeRun(json);
            json.writeArrayFieldStart("contestants");
            for (Standing standing : standings) {
                write(json, standing);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void writeRun(JsonGenerator json) throws IOException {
        stamp.write(json);
        json.writeNumberField("rounds", settings.rounds());
        json.writeNumberField("warm_up_seconds", settings.timing().warmUp().toSeconds());
        json.writeNumberField("counted_seconds", settings.timing().counted().toSeconds());
        json.writeNumberField("events", settings.events());
        json.writeNumberField("users", settings.users());
        json.writeNumberField("logins_a_day", settings.loginsADay());
        json.writeNumberField("partitions", settings.partitions());
        json.writeNumberField("heap_megabytes", settings.heapMegabytes());
        json.writeNumberField("commit_interval_ms", settings.commitInterval().toMillis());
    }

    private static void write(JsonGenerator json, Standing standing) throws IOException {
        Contestant contestant = standing.contestant();
        json.writeStartObject();
        json.writeStringField("name", contestant.name());
        json.writeStringField("title", contestant.title());
        json.writeStringField("guarantee", contestant.guarantee().words());
        json.writeStringField("input", contestant.hasTwoStages() ? "rekey" : "keyed");
        json.writeNumberField("processes", contestant.processes());
        json.writeObjectFieldStart("knobs");
        for (Map.Entry<String, String> knob : contestant.knobs().entrySet()) {
            json.writeStringField(knob.getKey(), knob.getValue());
        }
        json.writeEndObject();
        if (standing.difference() != null) {
            json.writeStringField("disqualified", standing.difference());
        }
        write(json, "events_per_second", standing.eventsPerSecond());
        write(json, "contestant_cpu_us_per_event", standing.contestantMicros());
        write(json, "broker_cpu_us_per_event", standing.brokerMicros());
        write(json, "peak_rss_megabytes", standing.peakMegabytes());
        json.writeObjectFieldStart("sweep_events_per_second");
        for (Map.Entry<String, Double> trial : standing.trials().entrySet()) {
            json.writeNumberField(trial.getKey(), Math.round(trial.getValue()));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("rounds");
        for (Result result : standing.results()) {
            json.writeStartObject();
            json.writeNumberField("events_per_second", rounded(result.eventsPerSecond()));
            json.writeNumberField("contestant_cpu_us_per_event", rounded(result.contestantMicros()));
            json.writeNumberField("broker_cpu_us_per_event", rounded(result.brokerMicros()));
            json.writeNumberField("peak_rss_megabytes", result.peakMegabytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Standing.Spread spread) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("median", rounded(spread.median()));
        json.writeNumberField("least", rounded(spread.least()));
        json.writeNumberField("most", rounded(spread.most()));
        json.writeEndObject();
    }

    /** As many digits as reports tell. */
    static double rounded(double figure) {
        return Math.round(figure * 100) / 100.0;
    }
}

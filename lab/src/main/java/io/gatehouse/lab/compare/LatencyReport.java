package io.gatehouse.lab.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes down how long results took, as JSON, as a page, and as a picture that the page shows. */
final class LatencyReport {
    /** Whose nearest ranks are told, by what JSON calls them. */
    private static final Map<String, Double> PERCENTILES = new LinkedHashMap<>();

    static {
        PERCENTILES.put("p50", 0.5);
        PERCENTILES.put("p90", 0.9);
        PERCENTILES.put("p99", 0.99);
        PERCENTILES.put("p999", 0.999);
        PERCENTILES.put("max", 1.0);
    }

    private final Stamp stamp;
    private final CompareSettings settings;
    private final List<Row> rows;

    /** @param rate events a second */
    record Row(Contestant contestant, int rate, Latencies latencies) {}

    LatencyReport(Stamp stamp, CompareSettings settings, List<Row> rows) {
        this.stamp = stamp;
        this.settings = settings;
        this.rows = rows;
    }

    /** As {@code latency.json}, {@code latency.md} and {@code latency.svg} in a directory, which is made if it is missing. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        writeJson(directory.resolve("latency.json"));
        List<String> page = new ArrayList<>(stamp.head(
                "latency",
                String.format(
                        Locale.ROOT,
                        " %d s counted after %d s that are not; a commit each %d ms. Milliseconds from when a login was due"
                                + " until a reader of committed results had its result.",
                        settings.timing().counted().toSeconds(),
                        settings.timing().warmUp().toSeconds(),
                        settings.commitInterval().toMillis())));
        page.addAll(table(rows));
        page.addAll(List.of("", "![Milliseconds until a reader has a result](latency.svg)"));
        Files.writeString(directory.resolve("latency.md"), String.join("\n", page) + "\n");
        Files.writeString(
                directory.resolve("latency.svg"),
                picture(rows.stream().map(LatencyReport::bar).toList()));
    }

    static String picture(List<Bars.Bar> bars) {
        return Bars.of("ms until a reader has a result: p99, and from p50 to p99.9", 1, bars);
    }

    private static Bars.Bar bar(Row row) {
        Latencies latencies = row.latencies();
        return bar(
                row.contestant(),
                row.rate(),
                latencies.percentileMs(PERCENTILES.get("p50")),
                latencies.percentileMs(PERCENTILES.get("p99")),
                latencies.percentileMs(PERCENTILES.get("p999")));
    }

    static Bars.Bar bar(Contestant contestant, int rate, double p50Ms, double p99Ms, double p999Ms) {
        return new Bars.Bar(
                String.format(Locale.ROOT, "%,d/s, %s", rate, contestant.title()),
                contestant.isGatehouse(),
                p50Ms,
                p99Ms,
                p999Ms);
    }

    /** A table of rates and contestants; the page of performance quotes it, too. */
    static List<String> table(List<Row> rows) {
        List<String> table = new ArrayList<>();
        table.add("| events/s | what | p50 ms | p90 | p99 | p99.9 | max |");
        table.add("|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT, "| %,d | %s |", row.rate(), row.contestant().title()));
            PERCENTILES
                    .values()
                    .forEach(share -> line.append(String.format(
                            Locale.ROOT, " %.1f |", row.latencies().percentileMs(share))));
            table.add(line.toString());
        }
        return table;
    }

    private void writeJson(Path file) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            stamp.write(json);
            json.writeNumberField("warm_up_seconds", settings.timing().warmUp().toSeconds());
            json.writeNumberField("counted_seconds", settings.timing().counted().toSeconds());
            json.writeNumberField("users", settings.users());
            json.writeNumberField("partitions", settings.partitions());
            json.writeNumberField(
                    "commit_interval_ms", settings.commitInterval().toMillis());
            json.writeArrayFieldStart("runs");
            for (Row row : rows) {
                json.writeStartObject();
                json.writeStringField("contestant", row.contestant().name());
                json.writeNumberField("events_per_second", row.rate());
                for (Map.Entry<String, Double> percentile : PERCENTILES.entrySet()) {
                    json.writeNumberField(
                            percentile.getKey() + "_ms", row.latencies().percentileMs(percentile.getValue()));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}

package io.gatehouse.lab.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes down what was measured, as JSON, as a page, and as a picture that the page shows. */
final class ScaleReport {
    private static final String RATE = "events/s";

    private final Stamp stamp;
    private final List<Figure> figures;

    ScaleReport(Stamp stamp, List<Figure> figures) {
        this.stamp = stamp;
        this.figures = figures;
    }

    /** As {@code scale.json}, {@code scale.md} and {@code scale.svg} in a directory, which is made if it is missing. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        writeJson(directory.resolve("scale.json"));
        List<String> page = new ArrayList<>(stamp.head("scale", ""));
        page.addAll(table(figures));
        page.addAll(List.of("", "![Events a second](scale.svg)"));
        Files.writeString(directory.resolve("scale.md"), String.join("\n", page) + "\n");
        Files.writeString(directory.resolve("scale.svg"), picture(figures));
    }

    /** What is told in events a second, as bars. */
    static String picture(List<Figure> figures) {
        return Bars.of(
                RATE,
                0,
                figures.stream()
                        .filter(figure -> figure.unit().equals("/s"))
                        .map(figure -> new Bars.Bar(
                                figure.what().substring(RATE.length()).strip(),
                                true,
                                figure.value().median(),
                                figure.value().least(),
                                figure.value().most()))
                        .toList());
    }

    /** A table of figures; the page about performance quotes it. */
    static List<String> table(List<Figure> figures) {
        List<String> table = new ArrayList<>();
        table.add("| what | measured |");
        table.add("|---|---|");
        figures.forEach(figure -> table.add(String.format(Locale.ROOT, "| %s | %s |", figure.what(), figure.told())));
        return table;
    }

    private void writeJson(Path file) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            stamp.write(json);
            json.writeArrayFieldStart("figures");
            for (Figure figure : figures) {
                json.writeStartObject();
                json.writeStringField("name", figure.name());
                json.writeStringField("what", figure.what());
                json.writeNumberField(
                        "value", CompareReport.rounded(figure.value().median()));
                json.writeNumberField(
                        "least", CompareReport.rounded(figure.value().least()));
                json.writeNumberField(
                        "most", CompareReport.rounded(figure.value().most()));
                json.writeStringField("unit", figure.unit());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}

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

/** Writes down what was measured, as JSON and as a page. */
final class ScaleReport {
    private final Stamp stamp;
    private final List<Figure> figures;

    ScaleReport(Stamp stamp, List<Figure> figures) {
        this.stamp = stamp;
        this.figures = figures;
    }

    /** As {@code scale.json} and {@code scale.md} in a directory, which is made if it is missing. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        writeJson(directory.resolve("scale.json"));
        List<String> page = new ArrayList<>(stamp.head("scale", ""));
        page.addAll(table(figures));
        Files.writeString(directory.resolve("scale.md"), String.join("\n", page) + "\n");
    }

    /** A table of figures; the README quotes it, too. */
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
                json.writeNumberField("value", Math.round(figure.value() * 100) / 100.0);
                json.writeStringField("unit", figure.unit());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}

package io.gatehouse.lab.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;

/** The corpus to look at: a file of JSON lines for each family. Bytes are in base64, as most of them are no text. */
final class CorpusFiles {
    private CorpusFiles() {}

    static void write(List<CorpusRecord> corpus, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Family family : Family.values()) {
            Path file = directory.resolve(family.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".jsonl");
            try (JsonGenerator json =
                    new JsonFactory().createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                json.setRootValueSeparator(null);
                for (CorpusRecord record : corpus) {
                    if (record.family() == family) {
                        write(record, json);
                        json.writeRaw('\n');
                    }
                }
            }
        }
    }

    private static void write(CorpusRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", record.name());
        json.writeStringField("expected", record.expected().toString());
        json.writeNumberField("timestamp", record.timestampMs());
        write("key", record.key(), json);
        json.writeArrayFieldStart("headers");
        for (Header header : record.headers()) {
            json.writeStartObject();
            json.writeStringField("name", header.key());
            write("value", header.value(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (record.value() != null) {
            json.writeStringField("text", Printable.excerpt(new String(record.value(), StandardCharsets.UTF_8)));
        }
        write("value", record.value(), json);
        json.writeEndObject();
    }

    private static void write(String name, byte[] bytes, JsonGenerator json) throws IOException {
        if (bytes == null) {
            json.writeNullField(name);
        } else {
            json.writeBinaryField(name, bytes);
        }
    }
}

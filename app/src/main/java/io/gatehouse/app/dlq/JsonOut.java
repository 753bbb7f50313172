package io.gatehouse.app.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.gatehouse.engine.replay.Cause;
import io.gatehouse.engine.replay.Letter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.kafka.common.header.Header;

/** JSON for scripts, one object a line. All of it is ASCII: what events say cannot reach a terminal as it is. */
final class JsonOut {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

    private JsonOut() {}

    /** Writes members. */
    interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    /**
     * Writes one line.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    static void line(Writer to, Members members) {
        try (JsonGenerator out = JSON.createGenerator(to)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(JsonGenerator out, LetterSummary letter) throws IOException {
        out.writeStringField("letter", letter.place().toString());
        write(out, letter.cause());
        out.writeStringField("source", letter.source().toString());
        out.writeNumberField("source_timestamp", letter.source().timestampMs());
        out.writeStringField("failed_at", letter.failedAt().toString());
        out.writeNumberField("attempt", letter.attempt());
        out.writeStringField("platform", letter.platform());
        out.writeStringField("app_version", letter.appVersion());
        out.writeBooleanField("replayed", letter.isReplayed());
    }

    /** Reason, and field where there is one. */
    static void write(JsonGenerator out, Cause cause) throws IOException {
        out.writeStringField("reason", cause.reason().label());
        if (cause.field() != null) {
            out.writeStringField("field", cause.field().label());
        }
    }

    /** Headers, key and value, each in base64, and as text where it is UTF-8. */
    static void writeContent(JsonGenerator out, Letter letter) throws IOException {
        out.writeArrayFieldStart("headers");
        for (Header header : letter.dead().record().headers()) {
            out.writeStartObject();
            out.writeStringField("name", header.key());
            writeBytes(out, header.value());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("key");
        writeBytes(out, letter.dead().record().key());
        out.writeEndObject();
        out.writeObjectFieldStart("value");
        writeBytes(out, letter.value());
        out.writeEndObject();
    }

    private static void writeBytes(JsonGenerator out, byte[] bytes) throws IOException {
        if (bytes == null) {
            out.writeNullField("base64");
            return;
        }
        out.writeBinaryField("base64", bytes);
        try {
            out.writeStringField(
                    "text", UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            out.writeNullField("text");
        }
    }
}

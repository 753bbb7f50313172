package io.gatehouse.peers.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.reference.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/** A record of the processed topic, which is to be what the reference says. */
public final class ProcessedEvent {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final byte[] key;
    private final byte[] value;
    private final JsonNode event;

    public ProcessedEvent(byte[] key, byte[] value) throws IOException {
        this.key = key;
        this.value = value;
        this.event = JSON.readTree(value);
    }

    /** The partition that the event says it came from. */
    public int partition() {
        return source().get("partition").asInt();
    }

    /** The offset that the event says it came from. */
    public long offset() {
        return source().get("offset").asLong();
    }

    private JsonNode source() {
        return event.get("enrichment").get("source");
    }

    /** The same key, the same bytes up to the enrichment, and the same JSON. */
    public void assertIs(Verdict.Accepted expected) throws IOException {
        String processedAt = event.get("enrichment").get("processed_timestamp").asText();
        byte[] output = expected.output(Instant.parse(processedAt).toEpochMilli());
        int original = expected.originalMembers().length;
        assertThat(new String(key, UTF_8)).isEqualTo(expected.userId());
        assertThat(event).isEqualTo(JSON.readTree(output));
        assertThat(Arrays.copyOf(value, original)).isEqualTo(expected.originalMembers());
    }
}

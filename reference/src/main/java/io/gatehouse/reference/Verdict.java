package io.gatehouse.reference;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What becomes of one record. */
public sealed interface Verdict {
    /**
     * The event is a login.
     *
     * @param eventTimeMs epoch milliseconds
     * @param originalMembers the event's own bytes from its opening brace to the end of its last member
     * @param enrichment the contract's fields in their order, except {@code processed_timestamp} and {@code
     *     processing_delay_ms}, which hang on the clock of whoever processes the event; {@link #enrichmentAt} has them
     */
    record Accepted(String userId, long eventTimeMs, byte[] originalMembers, Map<String, Object> enrichment)
            implements Verdict {
        private static final DateTimeFormatter WITH_MILLISECONDS =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        /** All of the contract's fields in their order, for an event processed at this time (epoch milliseconds). */
        public Map<String, Object> enrichmentAt(long processedAtMs) {
            Map<String, Object> complete = new LinkedHashMap<>();
            enrichment.forEach((name, value) -> {
                complete.put(name, value);
                if (name.equals("event_time")) {
                    complete.put("processed_timestamp", withMilliseconds(processedAtMs));
                    complete.put("processing_delay_ms", processedAtMs - eventTimeMs);
                }
            });
            return complete;
        }

        /**
         * Whether a processed event says the same, whatever its spelling, and whenever it was processed: for programs that do
         * not promise the event's own bytes.
         */
        public boolean agreesWith(byte[] processed) {
            try {
                Object said = JsonReader.read(new String(processed, StandardCharsets.UTF_8))
                        .value();
                Instant at = Instant.parse(
                        String.valueOf(Checker.enrichment(processed).get("processed_timestamp")));
                String expected = new String(output(at.toEpochMilli()), StandardCharsets.UTF_8);
                return JsonReader.read(expected).value().equals(said);
            } catch (MalformedJson | DateTimeException e) {
                return false;
            }
        }

        /** A wall-clock time as the contract writes it. */
        static String withMilliseconds(long epochMs) {
            return WITH_MILLISECONDS.format(Instant.ofEpochMilli(epochMs));
        }

        /** The processed event, byte for byte, for an event processed at this time (epoch milliseconds). */
        public byte[] output(long processedAtMs) {
            String members = new String(originalMembers, StandardCharsets.UTF_8);
            String text = members + ",\"enrichment\":" + JsonWriter.write(enrichmentAt(processedAtMs)) + "}";
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The event is a dead letter.
     *
     * @param reason one of the contract's closed list
     * @param field the field at fault; null for a fault of the whole
     */
    record Refused(String reason, String field) implements Verdict, Reading {}
}

package io.gatehouse.reference;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Header;
import io.gatehouse.reference.Checker.Record;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one input record must become. Holds no more than is needed to tell: there may be millions. */
sealed interface Expected {
    /**
     * Adds in what ways a record that came out of this input differs.
     *
     * @param processed whether it lies in the processed topic, or else among the dead letters
     */
    void compare(Record actual, boolean processed, Differences differences);

    static Expected of(Record input, Verdict verdict) {
        String where = input.topic() + "-" + input.partition() + "@" + input.offset();
        if (verdict instanceof Verdict.Accepted accepted) {
            String output = new String(accepted.output(0), StandardCharsets.UTF_8);
            String hanging = Login.hangingOnTheClock(0, accepted.eventTimeMs());
            int at = output.lastIndexOf(hanging);
            return new Login(
                    where,
                    accepted.userId(),
                    accepted.eventTimeMs(),
                    output.substring(0, at).getBytes(StandardCharsets.UTF_8),
                    output.substring(at + hanging.length()).getBytes(StandardCharsets.UTF_8),
                    Headers.carried(input.headers()));
        }
        return new DeadLetter(where, (Verdict.Refused) verdict, input);
    }

    /**
     * A processed event.
     *
     * @param before its bytes before the two fields that hang on the clock
     * @param after its bytes after them
     */
    record Login(String where, String userId, long eventTimeMs, byte[] before, byte[] after, List<Header> headers)
            implements Expected {
        static String hangingOnTheClock(long processedAtMs, long eventTimeMs) {
            return "\"processed_timestamp\":\"" + Verdict.Accepted.withMilliseconds(processedAtMs)
                    + "\",\"processing_delay_ms\":" + (processedAtMs - eventTimeMs);
        }

        @Override
        public void compare(Record actual, boolean processed, Differences differences) {
            if (!processed) {
                String reason = Headers.text(actual.headers(), "gatehouse.reason");
                differences.add(Kind.WRONG_TOPIC, where, "a good login is a dead letter, " + reason);
                return;
            }
            if (!Arrays.equals(actual.key(), userId.getBytes(StandardCharsets.UTF_8))) {
                differences.add(Kind.KEY, where, "must be " + userId + " but is " + Excerpt.of(actual.key()));
            }
            if (!Headers.equal(headers, actual.headers())) {
                differences.add(
                        Kind.HEADERS,
                        where,
                        "must be " + Excerpt.of(headers) + " but are " + Excerpt.of(actual.headers()));
            }
            String processedAt = (String) Checker.enrichment(actual.value()).get("processed_timestamp");
            try {
                long processedAtMs = Instant.parse(String.valueOf(processedAt)).toEpochMilli();
                String hanging = hangingOnTheClock(processedAtMs, eventTimeMs);
                byte[] value = Checker.join(before, hanging.getBytes(StandardCharsets.UTF_8), after);
                if (!Arrays.equals(value, actual.value())) {
                    differences.add(Kind.VALUE, where, Excerpt.ofDifference(value, actual.value()));
                }
            } catch (DateTimeException noTime) {
                differences.add(Kind.VALUE, where, "processed_timestamp is no time: " + processedAt);
            }
        }
    }

    /** A dead letter. */
    record DeadLetter(String where, Verdict.Refused refused, Record input) implements Expected {
        private static final String ATTEMPT = "gatehouse.attempt";
        private static final String FAILED_AT = "gatehouse.failed_at";
        private static final String VERSION = "gatehouse.version";

        @Override
        public void compare(Record actual, boolean processed, Differences differences) {
            if (processed) {
                differences.add(Kind.WRONG_TOPIC, where, "a bad event is processed, in spite of " + refused);
                return;
            }
            if (!Arrays.equals(input.key(), actual.key())) {
                differences.add(
                        Kind.KEY, where, "must be " + Excerpt.of(input.key()) + " but is " + Excerpt.of(actual.key()));
            }
            if (!Arrays.equals(input.value(), actual.value())) {
                differences.add(Kind.VALUE, where, Excerpt.ofDifference(input.value(), actual.value()));
            }
            List<Header> carried = Headers.carried(input.headers());
            if (!Headers.equal(carried, Headers.carried(actual.headers()))) {
                differences.add(
                        Kind.HEADERS,
                        where,
                        "must be " + Excerpt.of(carried) + " but are " + Excerpt.of(actual.headers()));
            }
            compareOwnHeaders(actual, differences);
        }

        private void compareOwnHeaders(Record actual, Differences differences) {
            List<Header> own = Headers.own(actual.headers());
            Map<String, String> found = new LinkedHashMap<>();
            own.forEach(header -> found.put(header.name(), Headers.text(own, header.name())));
            String failedAt = found.remove(FAILED_AT);
            String version = found.remove(VERSION);
            Map<String, String> expected = ownHeaders();
            if (!found.equals(expected)) {
                differences.add(Kind.HEADERS, where, "must be " + expected + " but are " + found);
            }
            if (own.size() != expected.size() + 2) {
                differences.add(Kind.HEADERS, where, "each must be there once, but they are " + Excerpt.of(own));
            }
            if (failedAt == null || !failedAt.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")) {
                differences.add(Kind.HEADERS, where, FAILED_AT + " is no time: " + failedAt);
            }
            if (version == null || version.isBlank()) {
                differences.add(Kind.HEADERS, where, VERSION + " is missing");
            }
        }

        private Map<String, String> ownHeaders() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("gatehouse.reason", refused.reason());
            if (refused.field() != null) {
                headers.put("gatehouse.field", refused.field());
            }
            headers.put("gatehouse.source.topic", input.topic());
            headers.put("gatehouse.source.partition", String.valueOf(input.partition()));
            headers.put("gatehouse.source.offset", String.valueOf(input.offset()));
            headers.put("gatehouse.source.timestamp", String.valueOf(input.timestampMs()));
            headers.put(ATTEMPT, String.valueOf(attempt()));
            return headers;
        }

        /** One more than the original's; an original attempt that is no number of up to nine digits counts as none. */
        private long attempt() {
            String earlier = Headers.text(input.headers(), ATTEMPT);
            return earlier != null && earlier.matches("[0-9]{1,9}") ? Long.parseLong(earlier) + 1 : 1;
        }
    }
}

package io.gatehouse.app.lines;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A refused line as JSON: {@code {"reason":…,"field":…,"line":…,"value":…}}. None of its parts can need escaping. */
final class DeadLetterLine {
    private DeadLetterLine() {}

    /**
     * @param field null for a fault of the whole
     * @param line from 1
     * @param value the original line, which is kept in base64
     */
    static byte[] of(Reason reason, Field field, long line, byte[] value) {
        StringBuilder json = new StringBuilder(100).append("{\"reason\":\"").append(reason.label());
        if (field != null) {
            json.append("\",\"field\":\"").append(field.label());
        }
        json.append("\",\"line\":").append(line).append(",\"value\":\"");
        return json.append(Base64.getEncoder().encodeToString(value))
                .append("\"}")
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }
}

package io.gatehouse.engine.deadletter;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The input record's own headers, as an output carries them: all but those that Gatehouse writes itself. */
public final class CarriedHeaders {
    static final String OWN_PREFIX = "gatehouse.";

    private CarriedHeaders() {}

    /** The headers of {@code input} without {@code gatehouse.*}; the same object where there are none of these. */
    public static Headers of(Headers input) {
        for (Header header : input) {
            if (header.key().startsWith(OWN_PREFIX)) {
                return without(input);
            }
        }
        return input;
    }

    private static Headers without(Headers input) {
        RecordHeaders carried = new RecordHeaders();
        for (Header header : input) {
            if (!header.key().startsWith(OWN_PREFIX)) {
                carried.add(header);
            }
        }
        return carried;
    }
}

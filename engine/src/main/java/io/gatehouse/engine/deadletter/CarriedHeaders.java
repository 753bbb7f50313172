package io.gatehouse.engine.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.engine.produce.WireHeaders;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The input record's own headers, as an output carries them: all but those that Gatehouse writes itself. */
public final class CarriedHeaders {
    static final String OWN_PREFIX = "gatehouse.";
    private static final byte[] OWN_PREFIX_BYTES = OWN_PREFIX.getBytes(UTF_8);

    private CarriedHeaders() {}

    /** The headers of {@code input} without {@code gatehouse.*}, not to be changed. */
    public static Headers of(ConsumerRecord<?, ByteBuffer> input) {
        WireHeaders asTheyStand = WireHeaders.of(input, OWN_PREFIX_BYTES);
        return asTheyStand == null ? of(input.headers()) : asTheyStand;
    }

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

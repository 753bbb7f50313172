package io.gatehouse.reference;

import io.gatehouse.reference.Checker.Header;
import io.gatehouse.reference.Checker.Record;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Where a record of the by-user topic came from, by its header. */
record RouteOrigin(String topic, int partition, long offset) {
    private static final String HEADER = "gatehouse.route.origin";
    private static final int VERSION = 1;
    private static final int TIMESTAMP_BYTES = 8;

    /** Version and three numbers, before the topic's name. */
    private static final int FIXED_BYTES = 21;

    /** Null when the record does not say. */
    static RouteOrigin of(Record record) {
        byte[] found = null;
        for (Header header : record.headers()) {
            if (header.name().equals(HEADER)) {
                found = header.value();
            }
        }
        if (found == null || found.length <= FIXED_BYTES || found[0] != VERSION) {
            return null;
        }
        ByteBuffer from = ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN).position(1);
        int partition = from.getInt();
        long offset = from.getLong();
        from.position(from.position() + TIMESTAMP_BYTES);
        return new RouteOrigin(StandardCharsets.UTF_8.decode(from).toString(), partition, offset);
    }
}

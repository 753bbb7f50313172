package io.gatehouse.engine.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The headers of a record that was read, as they stand in it in Kafka's format, version 2
 * (https://kafka.apache.org/documentation/#recordheader), to be written into another one as they are. Kafka's own make a
 * string and an array of each, under a lock, which for three headers takes longer than finding where an address lies.
 *
 * <p>They cannot be changed, are parsed anew whenever somebody looks at them, and keep the array in which they stand.
 */
public final class WireHeaders implements Headers {
    private static final int NO_VALUE = -1;

    private final byte[] bytes;
    private final int from;
    private final int lengthBytes;

    private WireHeaders(byte[] bytes, int from, int lengthBytes) {
        this.bytes = bytes;
        this.from = from;
        this.lengthBytes = lengthBytes;
    }

    /**
     * The headers behind a record's value. Kafka's consumer hands the value out as a view of the record as it came, in
     * which the headers follow; should that ever change, they are not found there.
     *
     * @param foreign what no name may start with
     * @return null where the record has no headers, one whose name starts with {@code foreign}, or none behind its value
     */
    public static WireHeaders of(ConsumerRecord<?, ByteBuffer> record, byte[] foreign) {
        ByteBuffer value = record.value();
        if (value == null || !value.hasArray() || !record.headers().iterator().hasNext()) {
            return null;
        }
        int from = value.arrayOffset() + value.limit();
        ByteBuffer behind = ByteBuffer.wrap(value.array(), from, value.array().length - from);
        try {
            boolean isTaken = pass(behind, foreign);
            return isTaken ? new WireHeaders(value.array(), from, behind.position() - from) : null;
        } catch (BufferUnderflowException | IllegalArgumentException notHeaders) {
            return null;
        }
    }

    /** Passes over them; false where they are not headers, or one is foreign. */
    private static boolean pass(ByteBuffer behind, byte[] foreign) {
        int count = ByteUtils.readVarint(behind);
        for (int i = 0; i < count; i++) {
            int nameBytes = ByteUtils.readVarint(behind);
            if (nameBytes < 0 || startsWith(behind, nameBytes, foreign)) {
                return false;
            }
            skip(behind, nameBytes);
            int valueBytes = ByteUtils.readVarint(behind);
            if (valueBytes < NO_VALUE) {
                return false;
            }
            skip(behind, Math.max(0, valueBytes));
        }
        return count > 0;
    }

    private static boolean startsWith(ByteBuffer behind, int nameBytes, byte[] prefix) {
        if (nameBytes < prefix.length || behind.remaining() < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (behind.get(behind.position() + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static void skip(ByteBuffer behind, int some) {
        behind.position(behind.position() + some);
    }

    /** What holds them, their number first, from {@link #from} on. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    private RecordHeaders parsed() {
        RecordHeaders parsed = new RecordHeaders();
        ByteBuffer left = ByteBuffer.wrap(bytes, from, lengthBytes);
        for (int count = ByteUtils.readVarint(left); count > 0; count--) {
            String name = new String(take(left, ByteUtils.readVarint(left)), UTF_8);
            int valueBytes = ByteUtils.readVarint(left);
            parsed.add(name, valueBytes == NO_VALUE ? null : take(left, valueBytes));
        }
        parsed.setReadOnly();
        return parsed;
    }

    private static byte[] take(ByteBuffer left, int some) {
        byte[] taken = new byte[some];
        left.get(taken);
        return taken;
    }

    @Override
    public Headers add(Header header) {
        throw unchangeable();
    }

    @Override
    public Headers add(String key, byte[] value) {
        throw unchangeable();
    }

    @Override
    public Headers remove(String key) {
        throw unchangeable();
    }

    private static IllegalStateException unchangeable() {
        return new IllegalStateException("headers of a record that was read are passed on as they are");
    }

    @Override
    public Header lastHeader(String key) {
        return parsed().lastHeader(key);
    }

    @Override
    public Iterable<Header> headers(String key) {
        return parsed().headers(key);
    }

    @Override
    public Header[] toArray() {
        return parsed().toArray();
    }

    @Override
    public Iterator<Header> iterator() {
        return parsed().iterator();
    }

    @Override
    public String toString() {
        return parsed().toString();
    }
}

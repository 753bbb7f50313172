package io.gatehouse.engine.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Renders records as they stand in a batch of Kafka's format, version 2: lengths, key, value and headers, numbers as
 * variable-length integers (https://kafka.apache.org/documentation/#record). One at a time, into an array that is reused.
 */
final class RecordWriter {
    /** Room for the record's own length, which is known last and stands first. */
    private static final int ROOM_FOR_LENGTH = 5;
    /** Of numbers of 64 bits. */
    private static final int MAX_NUMBER_BYTES = 10;

    private static final int FIRST_CAPACITY = 4 << 10;
    private static final int NULL_LENGTH = -1;
    private static final byte NO_ATTRIBUTES = 0;
    /** Headers whose names are kept: those of one record are mostly named as those of the last. */
    private static final int NAMES_KEPT = 8;

    private final String[] names = new String[NAMES_KEPT];
    private final byte[][] encodedNames = new byte[NAMES_KEPT][];
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int from;
    private int to;

    /** Renders a record; key and value may be null. */
    void write(long timestampDelta, int offsetDelta, byte[] key, byte[] value, Headers headers) {
        to = ROOM_FOR_LENGTH;
        reserve(1 + 2 * MAX_NUMBER_BYTES);
        bytes[to++] = NO_ATTRIBUTES;
        putNumber(timestampDelta);
        putNumber(offsetDelta);
        putBytes(key);
        putBytes(value);
        putHeaders(headers);
        putLength(to - ROOM_FOR_LENGTH);
    }

    /** What holds the record, from {@link #from} on. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int lengthBytes() {
        return to - from;
    }

    private void putHeaders(Headers headers) {
        if (headers instanceof WireHeaders asTheyStand) {
            put(asTheyStand.bytes(), asTheyStand.from(), asTheyStand.lengthBytes());
            return;
        }
        Header[] all = headers.toArray();
        reserve(MAX_NUMBER_BYTES);
        putNumber(all.length);
        for (int i = 0; i < all.length; i++) {
            putBytes(encodedName(i, all[i].key()));
            putBytes(all[i].value());
        }
    }

    private byte[] encodedName(int position, String name) {
        if (position >= NAMES_KEPT) {
            return name.getBytes(UTF_8);
        }
        if (!name.equals(names[position])) {
            names[position] = name;
            encodedNames[position] = name.getBytes(UTF_8);
        }
        return encodedNames[position];
    }

    private void putBytes(byte[] some) {
        if (some == null) {
            reserve(MAX_NUMBER_BYTES);
            putNumber(NULL_LENGTH);
            return;
        }
        reserve(MAX_NUMBER_BYTES);
        putNumber(some.length);
        put(some, 0, some.length);
    }

    private void put(byte[] some, int start, int lengthBytes) {
        reserve(lengthBytes);
        System.arraycopy(some, start, bytes, to, lengthBytes);
        to += lengthBytes;
    }

    /** Small numbers of either sign become small ones without, and take seven bits a byte. */
    private void putNumber(long number) {
        long left = number << 1 ^ number >> 63;
        while ((left & ~0x7FL) != 0) {
            bytes[to++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[to++] = (byte) left;
    }

    private void putLength(int length) {
        int end = to;
        to = 0;
        putNumber(length);
        from = ROOM_FOR_LENGTH - to;
        System.arraycopy(bytes, 0, bytes, from, to);
        to = end;
    }

    private void reserve(int more) {
        if (to + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, to + more));
        }
    }
}

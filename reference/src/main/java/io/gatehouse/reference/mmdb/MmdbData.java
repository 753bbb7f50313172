package io.gatehouse.reference.mmdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of an MMDB file, one after another. What is written a second time is a pointer to the first: files of cities
 * would be several times as large otherwise, and readers may keep what they have decoded.
 *
 * <pre>
 *   a value    control byte  type in the upper 3 bits, size in the lower 5; type 0 for those above 7
 *              (a byte)      type less 7, where it is above 7
 *              (1, 2 bytes)  size less 29, less 285, where the control byte says 29, 30
 *              content       of that size: bytes, or elements of an array, or keys and values of a map
 *   a pointer  1, size in 2 bits, upper 3 bits; the lower 8, 16 or 24 bits; or 4 bytes alone
 *
 *   here  String  Double  Short         Integer       Long          Float  List   Map
 *   there string  double  unsigned 16   unsigned 32   unsigned 64   float  array  map
 *   type  2       3       5             6             9             15     11     7
 * </pre>
 */
final class MmdbData {
    private static final int POINTER = 1;
    private static final int STRING = 2;
    private static final int DOUBLE = 3;
    private static final int UNSIGNED_16 = 5;
    private static final int UNSIGNED_32 = 6;
    private static final int MAP = 7;
    private static final int UNSIGNED_64 = 9;
    private static final int ARRAY = 11;
    private static final int FLOAT = 15;
    private static final int LARGEST_SHORT_TYPE = 7;
    /** Sizes from here on are told in bytes of their own. */
    private static final int ONE_BYTE_SIZE = 29;

    private static final int TWO_BYTE_SIZE = ONE_BYTE_SIZE + (1 << 8);
    private static final int LARGEST_SIZE = TWO_BYTE_SIZE + (1 << 16) - 1;
    /** Pointers from here on take a byte more: each length begins where the last one ends. */
    private static final int TWO_BYTE_POINTER = 1 << 11;

    private static final int THREE_BYTE_POINTER = TWO_BYTE_POINTER + (1 << 19);
    private static final int FOUR_BYTE_POINTER = THREE_BYTE_POINTER + (1 << 27);
    /** What is shorter takes no more room than a pointer. */
    private static final int SHORTEST_SHARED_TEXT = 4;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<Object, Integer> offsets = new HashMap<>();

    /** The offset of a record, which is written unless an equal one has been. */
    int add(Map<String, ?> record) {
        Integer known = offsets.get(record);
        return known == null ? write(record) : known;
    }

    int lengthBytes() {
        return bytes.size();
    }

    void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
    }

    private void share(Object value) {
        Integer known = offsets.get(value);
        if (known == null) {
            write(value);
        } else {
            writePointer(known);
        }
    }

    private int write(Object value) {
        int offset = bytes.size();
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (utf8.length >= SHORTEST_SHARED_TEXT) {
                offsets.put(text, offset);
            }
            writeControl(STRING, utf8.length);
            bytes.writeBytes(utf8);
        } else if (value instanceof Map<?, ?> map) {
            offsets.put(map, offset);
            writeControl(MAP, map.size());
            map.forEach((key, member) -> {
                share(key);
                share(member);
            });
        } else if (value instanceof List<?> list) {
            offsets.put(list, offset);
            writeControl(ARRAY, list.size());
            list.forEach(this::share);
        } else {
            writeNumber(value);
        }
        return offset;
    }

    private void writeNumber(Object value) {
        if (value instanceof Double number) {
            write(DOUBLE, ByteBuffer.allocate(Double.BYTES).putDouble(number));
        } else if (value instanceof Float number) {
            write(FLOAT, ByteBuffer.allocate(Float.BYTES).putFloat(number));
        } else if (value instanceof Short number) {
            write(UNSIGNED_16, ByteBuffer.allocate(Short.BYTES).putShort(number));
        } else if (value instanceof Integer number) {
            write(UNSIGNED_32, ByteBuffer.allocate(Integer.BYTES).putInt(number));
        } else if (value instanceof Long number) {
            write(UNSIGNED_64, ByteBuffer.allocate(Long.BYTES).putLong(number));
        } else {
            throw new IllegalArgumentException("no MMDB type for " + value.getClass());
        }
    }

    private void write(int type, ByteBuffer number) {
        writeControl(type, number.capacity());
        bytes.writeBytes(number.array());
    }

    private void writeControl(int type, int size) {
        if (size > LARGEST_SIZE) {
            throw new IllegalArgumentException("a value of " + size + " bytes or elements is too large");
        }
        int told = size < ONE_BYTE_SIZE ? size : size < TWO_BYTE_SIZE ? ONE_BYTE_SIZE : ONE_BYTE_SIZE + 1;
        bytes.write(type > LARGEST_SHORT_TYPE ? told : type << 5 | told);
        if (type > LARGEST_SHORT_TYPE) {
            bytes.write(type - LARGEST_SHORT_TYPE);
        }
        if (size >= TWO_BYTE_SIZE) {
            bytes.write(size - TWO_BYTE_SIZE >>> 8);
            bytes.write(size - TWO_BYTE_SIZE);
        } else if (size >= ONE_BYTE_SIZE) {
            bytes.write(size - ONE_BYTE_SIZE);
        }
    }

    private void writePointer(int offset) {
        if (offset < TWO_BYTE_POINTER) {
            writePointer(0, offset);
        } else if (offset < THREE_BYTE_POINTER) {
            writePointer(1, offset - TWO_BYTE_POINTER);
        } else if (offset < FOUR_BYTE_POINTER) {
            writePointer(2, offset - THREE_BYTE_POINTER);
        } else {
            bytes.write(POINTER << 5 | 3 << 3);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(offset).array());
        }
    }

    /** @param size how many bytes follow the first, less one */
    private void writePointer(int size, int rest) {
        int lower = (size + 1) * Byte.SIZE;
        bytes.write(POINTER << 5 | size << 3 | rest >>> lower);
        for (int shift = lower - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes.write(rest >>> shift);
        }
    }
}

package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The member names that Gatehouse reads, and the one that it keeps for itself. Immutable. */
final class KnownNames {
    /** Longer names do not fit into two words. */
    private static final int MAX_SHORT_BYTES = 2 * Words.BYTES;

    /** An event that brings this member is refused, which also stops loops. */
    private static final byte[] RESERVED = FieldNames.RESERVED.getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Field> byName = new HashMap<>();
    private final ShortName[][] shortByLength;
    private final LongName[] longNames;

    KnownNames(FieldNames names) {
        List<List<ShortName>> shorts = new ArrayList<>();
        List<LongName> longs = new ArrayList<>();
        for (Field field : Field.values()) {
            String name = names.of(field);
            byName.put(name, field);
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > MAX_SHORT_BYTES) {
                longs.add(new LongName(field, bytes));
                continue;
            }
            while (shorts.size() <= bytes.length) {
                shorts.add(new ArrayList<>());
            }
            shorts.get(bytes.length).add(ShortName.of(field, bytes));
        }
        shortByLength =
                shorts.stream().map(list -> list.toArray(ShortName[]::new)).toArray(ShortName[][]::new);
        longNames = longs.toArray(LongName[]::new);
    }

    /** The field of that name; null when Gatehouse does not read it. */
    Field find(String name) {
        return byName.get(name);
    }

    /** The field whose name is these bytes of UTF-8; null when Gatehouse does not read it. */
    Field find(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= shortByLength.length) {
            return findLong(bytes, from, to);
        }
        for (ShortName name : shortByLength[length]) {
            if (name.head == Words.head(bytes, from, length) && name.tail == tail(bytes, from, length)) {
                return name.field;
            }
        }
        return null;
    }

    private Field findLong(byte[] bytes, int from, int to) {
        for (LongName name : longNames) {
            if (Arrays.equals(bytes, from, to, name.bytes, 0, name.bytes.length)) {
                return name.field;
            }
        }
        return null;
    }

    static boolean isReserved(byte[] bytes, int from, int to) {
        return to - from == RESERVED.length && Arrays.equals(bytes, from, to, RESERVED, 0, RESERVED.length);
    }

    /** The last eight bytes; for a shorter name there is nothing left to compare. */
    private static long tail(byte[] bytes, int from, int length) {
        return length < Words.BYTES ? 0 : Words.at(bytes, from + length - Words.BYTES);
    }

    /** A name as two words, which overlap: with the length, they are all of a name of up to 16 bytes. */
    private record ShortName(Field field, long head, long tail) {
        static ShortName of(Field field, byte[] bytes) {
            byte[] padded = Arrays.copyOf(bytes, MAX_SHORT_BYTES);
            return new ShortName(field, Words.head(padded, 0, bytes.length), KnownNames.tail(padded, 0, bytes.length));
        }
    }

    private record LongName(Field field, byte[] bytes) {}
}

package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The member names that Gatehouse reads, and the one that it keeps for itself. */
final class KnownNames {
    /** The member that Gatehouse adds. An event that brings one is refused, which also stops loops. */
    static final String RESERVED = "enrichment";

    private static final Map<String, Field> BY_LABEL =
            Stream.of(Field.values()).collect(Collectors.toUnmodifiableMap(Field::label, Function.identity()));
    private static final Name[][] BY_LENGTH = byLength();
    private static final byte[] RESERVED_BYTES = RESERVED.getBytes(StandardCharsets.US_ASCII);

    private KnownNames() {}

    /** The field of that name; null when Gatehouse does not read it. */
    static Field find(String name) {
        return BY_LABEL.get(name);
    }

    /** The field whose name is these bytes; null when Gatehouse does not read it. */
    static Field find(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= BY_LENGTH.length) {
            return null;
        }
        for (Name name : BY_LENGTH[length]) {
            if (name.head == Words.head(bytes, from, length) && name.tail == tail(bytes, from, length)) {
                return name.field;
            }
        }
        return null;
    }

    static boolean isReserved(byte[] bytes, int from, int to) {
        return to - from == RESERVED_BYTES.length
                && Arrays.equals(bytes, from, to, RESERVED_BYTES, 0, RESERVED_BYTES.length);
    }

    /** The last eight bytes; for a shorter name there is nothing left to compare. */
    private static long tail(byte[] bytes, int from, int length) {
        return length < Words.BYTES ? 0 : Words.at(bytes, from + length - Words.BYTES);
    }

    private static Name[][] byLength() {
        List<List<Name>> lists = new ArrayList<>();
        for (Field field : Field.values()) {
            int length = field.label().length();
            while (lists.size() <= length) {
                lists.add(new ArrayList<>());
            }
            byte[] padded = Arrays.copyOf(field.label().getBytes(StandardCharsets.US_ASCII), 2 * Words.BYTES);
            lists.get(length).add(new Name(field, Words.head(padded, 0, length), tail(padded, 0, length)));
        }
        return lists.stream().map(names -> names.toArray(Name[]::new)).toArray(Name[][]::new);
    }

    /** A name as two words, which overlap: with the length, they are all of a name of up to 16 bytes. */
    private record Name(Field field, long head, long tail) {}
}

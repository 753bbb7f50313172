package io.gatehouse.core.login;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a producer calls the fields that Gatehouse reads. A name that is given away is an ordinary name then: where
 * {@code user_id} is read from {@code uid}, a member {@code user_id} is one among the unknown ones.
 *
 * @param byField the name of each field, all of them named, no two alike
 */
public record FieldNames(Map<Field, String> byField) {
    /** The member that Gatehouse adds, whatever the others are called. */
    public static final String RESERVED = "enrichment";

    /** The contract's names. */
    public static final FieldNames DEFAULTS = renamed(Map.of());

    /** @throws IllegalArgumentException when a name is missing, empty, no text, reserved, or that of two fields */
    public FieldNames {
        byField = Map.copyOf(byField);
        Set<String> taken = new HashSet<>(Set.of(RESERVED));
        for (Field field : Field.values()) {
            String name = byField.get(field);
            if (name == null || !isName(name) || !taken.add(name)) {
                throw new IllegalArgumentException("no name for the field " + field.label() + ": " + name);
            }
        }
    }

    /** The contract's names but for those given. */
    public static FieldNames renamed(Map<Field, String> names) {
        Map<Field, String> byField = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            byField.put(field, names.getOrDefault(field, field.label()));
        }
        return new FieldNames(byField);
    }

    /** Whether a member can be called so: not empty, and no half of a surrogate pair, which UTF-8 cannot spell. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    String of(Field field) {
        return byField.get(field);
    }
}

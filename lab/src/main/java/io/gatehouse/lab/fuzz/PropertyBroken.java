package io.gatehouse.lab.fuzz;

import java.util.Objects;

/** A property that does not hold; the message says what was found instead. */
final class PropertyBroken extends AssertionError {
    PropertyBroken(String message) {
        super(message);
    }

    PropertyBroken(String message, Throwable cause) {
        super(message, cause);
    }

    static void unless(boolean holds, String otherwise) {
        if (!holds) {
            throw new PropertyBroken(otherwise);
        }
    }

    static void unlessEqual(Object expected, Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new PropertyBroken(what + " must be\n  " + expected + "\nbut is\n  " + actual);
        }
    }
}

package io.gatehouse.core.login;

/** What stands in the event in a field's place, as far as the checks tell it apart. */
enum Kind {
    ABSENT,
    NULL,
    STRING,
    /** A number without fraction and exponent. */
    INTEGER,
    /** A number with a fraction, an exponent or both. */
    DECIMAL,
    /** A literal, an object or an array: nothing that any field may be. */
    OTHER;

    private static final Kind[] BY_ORDINAL = values();

    static Kind of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}

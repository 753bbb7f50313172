package io.gatehouse.core.login;

import java.util.Arrays;
import java.util.Optional;

/** Why an event is refused: the contract's closed list, in the order in which faults are looked for. */
public enum Reason {
    EMPTY_VALUE("empty_value"),
    TOO_LARGE("too_large"),
    INVALID_UTF8("invalid_utf8"),
    MALFORMED_JSON("malformed_json"),
    NOT_AN_OBJECT("not_an_object"),
    DUPLICATE_FIELD("duplicate_field"),
    RESERVED_FIELD("reserved_field"),
    MISSING_FIELD("missing_field"),
    WRONG_TYPE("wrong_type"),
    INVALID_USER_ID("invalid_user_id"),
    INVALID_TIMESTAMP("invalid_timestamp"),
    TIMESTAMP_OUT_OF_RANGE("timestamp_out_of_range"),
    INVALID_IP("invalid_ip"),
    FIELD_TOO_LONG("field_too_long");

    private final String label;

    Reason(String label) {
        this.label = label;
    }

    /** The word used in headers, metrics, logs and documentation. */
    public String label() {
        return label;
    }

    /** The reason that a label names; empty when it is none. */
    public static Optional<Reason> of(String label) {
        return Arrays.stream(values())
                .filter(reason -> reason.label.equals(label))
                .findFirst();
    }
}

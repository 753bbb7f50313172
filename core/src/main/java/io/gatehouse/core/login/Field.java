package io.gatehouse.core.login;

import java.util.Arrays;
import java.util.Optional;

/** The fields of a login event that Gatehouse reads, in the order in which they are checked. */
public enum Field {
    USER_ID("user_id"),
    TIMESTAMP("timestamp"),
    IP("ip"),
    DEVICE_TYPE("device_type"),
    APP_VERSION("app_version"),
    LOCALE("locale"),
    DEVICE_ID("device_id");

    private final String label;

    Field(String label) {
        this.label = label;
    }

    /** The field's name in the event, in headers and in logs. */
    public String label() {
        return label;
    }

    /** The field that a label names; empty when it is none. */
    public static Optional<Field> of(String label) {
        return Arrays.stream(values())
                .filter(field -> field.label.equals(label))
                .findFirst();
    }
}

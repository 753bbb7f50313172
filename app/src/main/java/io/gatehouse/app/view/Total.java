package io.gatehouse.app.view;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The counts of a window that stand alone, by their names in records. */
enum Total {
    LOGINS("logins"),
    NEW_USERS("new_users"),
    SESSIONS_STARTED("sessions_started"),
    SESSIONS_CLOSED("sessions_closed"),
    LATE("late"),
    DUPLICATES("duplicates"),
    LATE_DROPPED("late_dropped");

    private static final Map<String, Total> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toMap(Total::label, Function.identity()));

    private final String label;

    Total(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Null for what is no such count. */
    static Total of(String label) {
        return BY_LABEL.get(label);
    }
}
